import Shared

/// A sale: what the cashier has to know, and to do, after the money was taken.
struct SaleView: Sendable {
    /// What all of it is made from.
    struct Facts: Sendable {
        let sale: CounterSale
        let now: Timestamp
        let isRouterAway: Bool
        /// Nil where nobody knows.
        let progress: SlipProgress?
        let mayBeOnPaper: Bool
        let outlet: SlipOutlet
        /// The page that asked for the money was sent once more.
        let isRepeated: Bool
        /// The button for another slip was.
        let isReprintRepeated: Bool
    }

    /// The button for the slip that has not come out so far: a page of the browser's, or a form.
    struct First: Sendable {
        let label: String
        let url: String?
        let action: String?
    }

    /// The button for one more slip.
    struct Reprint: Sendable {
        let action: String
        let number: Int64
    }

    let frame: CounterFrame
    let product: ProductView
    let code: CodeView
    let folio: String
    let time: String
    let cashier: String
    /// Nil while there are none.
    let reprints: Int64?
    let isRepeated: Bool
    let isReprintRepeated: Bool
    /// Why it was taken back; nil when it was not.
    let voidReason: String?
    let readiness: StatusNotice?
    let printing: StatusNotice?
    /// While a printer is at it.
    let refreshSeconds: Int?
    let first: First?
    let reprint: Reprint?
    let voidURL: String?
    let outlet: String
    let outletURL = CounterPath.outlet

    init(_ facts: Facts, site: SiteSnapshot, frame: CounterFrame) {
        let sale = facts.sale
        self.frame = frame
        product = ProductView(sale.ficha.product)
        code = CodeView(sale.ficha.code)
        folio = sale.folioText
        time = SiteCalendar(site).text(sale.soldAt)
        cashier = sale.cashierName
        reprints = sale.reprints > 0 ? sale.reprints : nil
        isRepeated = facts.isRepeated
        isReprintRepeated = facts.isReprintRepeated
        voidReason = sale.voiding?.reason
        readiness = StatusNotice(readinessOf: sale, isRouterAway: facts.isRouterAway)
        printing = sale.voiding == nil ? StatusNotice(printingOf: facts) : nil
        voidURL = sale.refusalToVoid(at: facts.now) == nil ? CounterPath.void(sale.id) : nil
        outlet = facts.outlet.name
        let isSending = if case .sending = facts.progress { true } else { false }
        refreshSeconds = isSending ? 2 : nil
        guard sale.voiding == nil, !isSending else {
            (first, reprint) = (nil, nil)
            return
        }
        first = Self.first(facts)
        reprint =
            first == nil ? Reprint(action: CounterPath.reprint(sale.id), number: sale.reprints + 1) : nil
    }

    /// Where nothing has come out, another slip is no reprint.
    private static func first(_ facts: Facts) -> First? {
        guard let progress = facts.progress, progress.isCertainlyNotPrinted,
            progress != .unsent || !facts.mayBeOnPaper
        else { return nil }
        let label = progress == .unsent ? "Imprimir" : "Imprimir otra vez"
        let id = facts.sale.id
        return switch facts.outlet {
        case .browser: First(label: label, url: CounterPath.slip(id), action: nil)
        case .printer: First(label: label, url: nil, action: CounterPath.printing(id))
        }
    }
}
