import Purchasing
import Shared

/// Slips on the sheets of an office printer, to be cut.
struct SlipSheetView: Sendable {
    struct Sheet: Sendable {
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let empresa: String
        let title: String
        let price: String
        let code: String
        let picture: SlipPicture?
        let note: String
        let origin: String
        let isReprint: Bool

        init(_ slip: Slip) {
            empresa = SlipText.clean(slip.issuer.empresa)
            title = SlipText.clean(slip.title)
            price = slip.product.price.displayText
            code = slip.code.grouped
            picture = slip.redeemURL.flatMap(QRCode.init).map { SlipPicture($0, millimetres: codeMillimetres) }
            let network = slip.issuer.wifiName.map { "WiFi «\(SlipText.clean($0))»" } ?? "En nuestro WiFi"
            let how = picture == nil ? ": toca «Ya tengo una ficha»." : ": escanea o toca «Ya tengo una ficha»."
            // First what must not be cut off.
            note = [slip.clockSentence, slip.dataSentence, network + how].compactMap(\.self).joined(separator: " ")
            origin = SlipText.clean(([slip.sellByLine].compactMap(\.self) + slip.originLines).joined(separator: " · "))
            isReprint = slip.isReprint
        }
    }

    /// Of the code and what must stay empty around it.
    private static let codeMillimetres = 24.0

    let style: String
    let sheets: [Sheet]
    let count: Int
    let navigation: SlipNavigation
    let reprintMark = Slip.reprintMark

    init(_ slips: [Slip], paper: SheetPaper, style: String, navigation: SlipNavigation) {
        let cell = paper.cellMillimetres
        self.style =
            "@page{size:\(paper.name);margin:0}\n.cell{width:\(cell.width)mm;height:\(cell.height)mm}\n" + style
        self.navigation = navigation
        count = slips.count
        sheets = stride(from: 0, to: slips.count, by: SheetPaper.slips).map { start in
            Sheet(cells: slips[start..<min(start + SheetPaper.slips, slips.count)].map(Cell.init))
        }
    }
}
