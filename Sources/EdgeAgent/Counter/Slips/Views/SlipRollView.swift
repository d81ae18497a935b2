import Shared

/// A slip on the roll of a receipt printer, for the browser to print. Its measures are those of `slip.css`, which are those
/// of the printers' own letters.
struct SlipRollView: Sendable {
    /// A line of text, a picture, a rule, or none of them: a gap.
    struct Element: Sendable {
        struct Text: Sendable {
            let style: String
            let text: String
        }

        var text: Text?
        var picture: SlipPicture?
        var isRule = false
        var isGap = false
    }

    /// Of the code and what must stay empty around it.
    private static let codeMillimetres = 30.0
    /// Above and below the slip, and what a browser may add by rounding.
    private static let marginMillimetres = 7.0

    let style: String
    let paper: String
    let elements: [Element]
    let navigation: SlipNavigation

    init(_ layout: SlipLayout, style: String, navigation: SlipNavigation) {
        let height = layout.elements.map { Self.height(of: $0, on: layout.paper) }.reduce(Self.marginMillimetres, +)
        // A browser prints on a roll only what it takes for a sheet, so it has to know the length.
        self.style = "@page{size:\(layout.paper.widthMillimetres)mm \(height)mm;margin:0}\n" + style
        self.navigation = navigation
        paper = layout.paper.rawValue
        elements = layout.elements.map { element in
            switch element {
            case .text(let text, let style): Element(text: Element.Text(style: style.rawValue, text: text))
            case .gap: Element(isGap: true)
            case .rule: Element(isRule: true)
            case .logo(let logo): Element(picture: SlipPicture(logo))
            case .qr(let code): Element(picture: SlipPicture(code, millimetres: Self.codeMillimetres))
            }
        }
    }

    private static func height(of element: SlipElement, on paper: RollPaper) -> Double {
        switch element {
        // 24 dots for each time the letters are high, and 6 between lines, at 8 dots per millimetre.
        case .text(_, let style): Double(24 * style.magnification(on: paper).height + 6) / 8
        case .gap, .rule: 30 / 8
        case .logo(let logo): SlipPicture(logo).heightMillimetres
        case .qr: codeMillimetres
        }
    }
}
