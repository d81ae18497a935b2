import HTTPTypes
import Hummingbird
import ServerKit
import Shared

// Selling: the products, the money, and taking it back.
extension CounterController {
    private static let latestSales = 10

    @Sendable func showHome(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let (cashier, now) = (session.cashier, desk.moment().wall)
        let calendar = SiteCalendar(site)
        let taken = try await desk.store.taken(by: cashier, since: calendar.startOfDay(now))
        let sales = try await desk.store.latest(of: cashier, limit: Self.latestSales)
        let page = pages.home(
            site,
            taken: taken,
            sales: sales,
            now: now,
            outlet: outlet(of: session),
            frame: frame(session)
        )
        return html(page)
    }

    // MARK: Selling

    @Sendable func showCharge(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let (product, routerID) = try product(in: context, for: session)
        if let refusal = await desk.refusalToOffer(product, routerID: routerID) { throw refusal }
        return chargePage(product, routerID: routerID, session: session)
    }

    @Sendable func charge(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: ChargeForm = try await form(of: request, in: session)
        let routerID = context.parameters.get("router") ?? ""
        guard let id = form.saleID.flatMap(SaleID.init), let productID = Self.productID(in: context) else {
            throw APIError.notFound
        }
        do {
            let (sale, isNew) = try await desk.sell(
                id,
                productID: productID,
                routerID: routerID,
                shownPriceCents: form.priceCents,
                by: session.cashier
            )
            return sold(sale, isNew: isNew, session)
        } catch CounterError.priceChanged {
            let (product, routerID) = try product(in: context, for: session)
            let problem = APIError(CounterError.priceChanged)
            return chargePage(product, routerID: routerID, session: session, problem: problem)
        }
    }

    // MARK: Taking back

    @Sendable func showVoid(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let sale = try await desk.store.sale(try Self.saleID(in: context), of: session.cashier)
        if let refusal = sale.refusalToVoid(at: desk.moment().wall) { throw refusal }
        return html(pages.void(sale, site: site, frame: frame(session)))
    }

    @Sendable func void(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: VoidForm = try await form(of: request, in: session)
        let sale = try await desk.void(try Self.saleID(in: context), reason: try form.text(), by: session.cashier)
        return seeOther(CounterPath.sale(sale.id))
    }

    // MARK: Pieces

    /// To the page of a sale, whose slip is on its way if the sale is new.
    func sold(_ sale: CounterSale, isNew: Bool, _ session: CounterSession) -> Response {
        if isNew { slips.sold(sale, at: site, outlet: outlet(of: session)) }
        return seeOther(CounterPath.sale(sale.id) + (isNew ? "" : "?repetida=1"))
    }

    private func chargePage(
        _ product: SiteSnapshot.Product,
        routerID: String,
        session: CounterSession,
        problem: APIError? = nil
    ) -> Response {
        var generator = SystemRandomNumberGenerator()
        let page = pages.charge(
            product,
            routerID: routerID,
            saleID: SaleID(using: &generator),
            problem: problem?.message,
            frame: frame(session)
        )
        var response = html(page, status: problem?.status ?? .ok)
        // Going back has to show this page and not a new one, whose button would be another sale.
        response.headers[.cacheControl] = "private, max-age=0"
        return response
    }

    private func product(
        in context: AppRequestContext,
        for session: CounterSession
    ) throws -> (product: SiteSnapshot.Product, routerID: String) {
        guard let routerID = context.parameters.get("router"), let id = Self.productID(in: context) else {
            throw APIError.notFound
        }
        return (try desk.product(id, routerID: routerID, for: session.cashier), routerID)
    }

    private static func productID(in context: AppRequestContext) -> Int64? {
        context.parameters.get("product").flatMap(Int64.init)
    }

    static func saleID(in context: AppRequestContext) throws(APIError) -> SaleID {
        guard let id = context.parameters.get("sale").flatMap(SaleID.init) else { throw .notFound }
        return id
    }
}
