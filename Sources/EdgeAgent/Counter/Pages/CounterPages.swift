import Crypto
import FoundationEssentials
import ServerKit
import Shared

/// The pages of the counter.
struct CounterPages: Sendable {
    /// The content security policy of all of them: the inline style and the box's own script, nothing else.
    let policy: String
    /// The button that prints.
    let script: Precomputed
    let templates: CounterTemplates
    let slips: SlipPages

    /// - Parameter directory: The folder `portal-html/mostrador`.
    /// - Throws: `PortalError`; `Gzip.CompressionError`.
    init(directory: String) throws {
        templates = try CounterTemplates(directory: directory)
        slips = try SlipPages(directory: directory)
        script = try Precomputed(Array(templates.script.utf8), contentType: "text/javascript; charset=utf-8")
        let digest = Data(SHA256.hash(data: Data(templates.style.utf8))).base64EncodedString()
        policy =
            "default-src 'none'; style-src 'sha256-\(digest)'; script-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'"
    }

    func frame(_ site: SiteSnapshot, session: CounterSession?) -> CounterFrame {
        CounterFrame(site, session: session, style: templates.style)
    }

    /// - Parameters:
    ///   - chosen: The cashier whose PIN was typed before.
    ///   - hasEnded: They were signed in, and are no more.
    func login(
        _ site: SiteSnapshot,
        chosen: String? = nil,
        hasEnded: Bool = false,
        problem: String? = nil
    ) -> String {
        let frame = frame(site, session: nil)
        let cashiers = (site.cashiers ?? []).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        let view = LoginView(frame: frame, cashiers: cashiers, chosen: chosen, hasEnded: hasEnded, problem: problem)
        return templates.render(.login, view)
    }

    func home(
        _ site: SiteSnapshot,
        taken: [String: TillDay],
        sales: [CounterSale],
        now: Timestamp,
        outlet: SlipOutlet,
        frame: CounterFrame
    ) -> String {
        let view = CounterHomeView(site, taken: taken, sales: sales, now: now, outlet: outlet, frame: frame)
        return templates.render(.home, view)
    }

    func charge(
        _ product: SiteSnapshot.Product,
        routerID: String,
        saleID: SaleID,
        problem: String?,
        frame: CounterFrame
    ) -> String {
        let action = CounterPath.charge(routerID, product.id)
        let view = ChargeView(
            frame: frame,
            product: ProductView(product),
            action: action,
            saleID: saleID.text,
            problem: problem
        )
        return templates.render(.charge, view)
    }

    func void(_ sale: CounterSale, site: SiteSnapshot, frame: CounterFrame) -> String {
        let line = SaleLineView(sale, calendar: SiteCalendar(site), now: sale.soldAt)
        return templates.render(
            .void,
            VoidView(frame: frame, sale: line, reasons: VoidForm.usualReasons, action: CounterPath.void(sale.id))
        )
    }

    func corte(
        _ forms: [CorteFormView],
        done: [Corte],
        site: SiteSnapshot,
        problem: String?,
        frame: CounterFrame
    ) -> String {
        let calendar = SiteCalendar(site)
        let done = done.map { CorteView($0, calendar: calendar) }
        return templates.render(.corte, CorteListView(frame: frame, forms: forms, done: done, problem: problem))
    }

    func closed(_ corte: Corte, site: SiteSnapshot, frame: CounterFrame) -> String {
        let view = CorteView(corte, calendar: SiteCalendar(site))
        return templates.render(
            .closed,
            ClosedTillView(frame: frame, corte: view, empresa: site.empresa.name, site: site.site.name)
        )
    }

    func error(_ error: APIError, requestID: String, frame: CounterFrame) -> String {
        templates.render(.error, CounterErrorView(frame: frame, message: error.message, requestID: requestID))
    }
}
