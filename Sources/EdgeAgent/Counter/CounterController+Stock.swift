import HTTPTypes
import Hummingbird
import Purchasing
import ServerKit
import Shared

// Stock: batches of fichas that are printed first and sold one by one, by their codes.
extension CounterController {
    private static let latestBatches = 20
    /// Ten sheets: a page that old telephones still take.
    private static let partSize = 10 * SheetPaper.slips

    @Sendable func showBatches(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        try await batchesPage(session)
    }

    @Sendable func orderBatch(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: BatchForm = try await form(of: request, in: session)
        guard let id = form.batchID.flatMap(CounterID<Batch>.init), let place = form.place else {
            throw APIError.notFound
        }
        let count: Int64
        do {
            count = try form.checkedCount()
        } catch {
            return try await batchesPage(session, problem: APIError(error))
        }
        let product = try desk.product(place.productID, routerID: place.routerID, for: session.cashier)
        let batch = Batch(
            id: id,
            routerID: place.routerID,
            product: PurchasedProduct(product),
            count: count,
            minted: 0,
            sellBy: nil,
            cashierID: session.cashier.id,
            cashierName: session.cashier.name,
            createdAt: desk.moment().wall
        )
        try await batches.order(batch)
        return seeOther(CounterPath.batch(id))
    }

    @Sendable func showBatch(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let batch = try await batches.batch(try Self.batchID(in: context), for: session.cashier)
        let counts = try await batches.counts(of: batch.id)
        let consigned = try await resellers.entregas.outCount(of: batch.id)
        let sheets = Int(batch.count + Int64(Self.partSize) - 1) / Self.partSize
        let view = BatchView(
            batch,
            counts: counts,
            consigned: consigned,
            sheets: sheets,
            site: site,
            frame: frame(session)
        )
        return html(pages.batch(view))
    }

    @Sendable func showSheet(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let batch = try await batches.batch(try Self.batchID(in: context), for: session.cashier)
        guard batch.isComplete, let number = context.parameters.get("sheet").flatMap(Int.init),
            (1...Int(Batch.sizes.upperBound)).contains(number)
        else { throw APIError.notFound }
        let paper = request.uri.queryParameters["papel"].map { SheetPaper(rawValue: String($0)) } ?? .carta
        let first = (number - 1) * Self.partSize
        let codes = try await batches.codes(of: batch.id, from: first, limit: Self.partSize)
        guard let paper, !codes.isEmpty else { throw APIError.notFound }
        let slips = slips.slips(of: batch, codes: codes, from: first, at: site)
        return html(pages.sheet(slips, of: batch, number: number, paper: paper))
    }

    // MARK: One by one

    @Sendable func showPrinted(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        // Browsers write a blank in the address of a form as `+`.
        let asked = request.uri.queryParameters["codigo"].map { String($0).replacing("+", with: " ") }
        guard let typed = asked, !typed.isEmpty else {
            return html(pages.printed(nil, typed: "", problem: nil, frame: frame(session)))
        }
        do {
            let ficha = try await desk.printed(typed, for: session.cashier)
            return html(pages.printed(ficha, typed: typed, problem: nil, frame: frame(session)))
        } catch let error as CounterError {
            let problem = APIError(error)
            let page = pages.printed(
                nil,
                typed: String(typed.prefix(40)),
                problem: problem.message,
                frame: frame(session)
            )
            return html(page, status: problem.status)
        }
    }

    @Sendable func chargePrinted(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: PrintedForm = try await form(of: request, in: session)
        guard let id = form.saleID.flatMap(SaleID.init), let code = FichaCode(typed: form.code ?? "") else {
            throw APIError.notFound
        }
        let (sale, isNew) = try await desk.sellPrinted(id, code: code, by: session.cashier)
        return sold(sale, isNew: isNew, session)
    }

    // MARK: Pieces

    private func batchesPage(_ session: CounterSession, problem: APIError? = nil) async throws -> Response {
        var generator = SystemRandomNumberGenerator()
        let latest = try await batches.latest(for: session.cashier, limit: Self.latestBatches)
        let page = pages.batches(
            latest,
            newID: CounterID(using: &generator),
            site: site,
            problem: problem?.message,
            frame: frame(session)
        )
        return html(page, status: problem?.status ?? .ok)
    }

    private static func batchID(in context: AppRequestContext) throws(APIError) -> CounterID<Batch> {
        guard let id = context.parameters.get("batch").flatMap(CounterID<Batch>.init) else { throw .notFound }
        return id
    }
}
