import Shared

/// The slip: what the buyer takes along, and beside it what the cashier has to know.
struct SlipView: Sendable {
    /// Whether the ficha works already.
    struct Readiness: Sendable {
        let text: String
        /// A class of the style sheet.
        let tone: String
    }

    let frame: CounterFrame
    let empresa: String
    let site: String
    let support: String?
    let product: ProductView
    let code: CodeView
    let folio: String
    let time: String
    let cashier: String
    /// Nil on the first slip.
    let copy: String?
    let isRepeated: Bool
    /// Why it was taken back; nil when it was not.
    let voidReason: String?
    let readiness: Readiness?
    let reprintURL: String
    let voidURL: String?
    let scriptURL = CounterPath.script

    init(
        _ sale: CounterSale,
        site: SiteSnapshot,
        now: Timestamp,
        isRouterAway: Bool,
        isRepeated: Bool,
        frame: CounterFrame
    ) {
        self.frame = frame
        empresa = site.empresa.name
        self.site = site.site.name
        support = site.empresa.supportContact.flatMap { $0.isEmpty ? nil : $0 }
        product = ProductView(sale.ficha.product)
        code = CodeView(sale.ficha.code)
        folio = sale.folioText
        time = SiteCalendar(site).text(sale.soldAt)
        cashier = sale.cashierName
        copy = sale.reprints > 0 ? "REIMPRESIÓN \(sale.reprints)" : nil
        self.isRepeated = isRepeated
        voidReason = sale.voiding?.reason
        readiness = Self.readiness(of: sale, isRouterAway: isRouterAway)
        reprintURL = CounterPath.reprint(sale.id)
        voidURL = sale.refusalToVoid(at: now) == nil ? CounterPath.void(sale.id) : nil
    }

    private static func readiness(of sale: CounterSale, isRouterAway: Bool) -> Readiness? {
        switch sale.ficha.state {
        case .sold where sale.ficha.routerState == .present:
            Readiness(text: "La ficha ya sirve.", tone: "notice")
        case .sold where isRouterAway:
            Readiness(
                text:
                    "El router no responde ahora. La ficha es válida, pero va a servir hasta que vuelva: díselo al cliente.",
                tone: "notice wait"
            )
        case .sold: Readiness(text: "La ficha sirve en unos segundos.", tone: "notice")
        case .active: Readiness(text: "La ficha ya se está usando.", tone: "notice")
        case .expired: Readiness(text: "La ficha ya se terminó.", tone: "notice")
        default: nil
        }
    }
}
