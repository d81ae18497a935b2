import HTTPTypes
import Hummingbird
import ServerKit
import Shared

// Slips: where they come out, the sale's page that tells what became of its slip, and slips printed again.
extension CounterController {
    // MARK: Where they come out

    @Sendable func showOutlets(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        html(pages.outlet(site, chosen: outlet(of: session), frame: frame(session)))
    }

    @Sendable func chooseOutlet(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: OutletForm = try await form(of: request, in: session)
        guard let outlet = SlipOutlet.all(of: site).first(where: { $0.key == form.outlet }),
            let token = request.cookies[Self.cookie]?.value
        else { throw APIError.notFound }
        sessions.choose(outlet.key, in: token)
        return seeOther(CounterPath.home)
    }

    func outlet(of session: CounterSession) -> SlipOutlet {
        SlipOutlet(chosen: session.outlet, at: site)
    }

    // MARK: Sold

    @Sendable func showSale(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let sale = try await desk.store.sale(try Self.saleID(in: context), of: session.cashier)
        let isRouterAway = await !desk.routers.isConnected(sale.ficha.routerID)
        let progress = await slips.progress(of: sale.id)
        let facts = SaleView.Facts(
            sale: sale,
            now: desk.moment().wall,
            isRouterAway: isRouterAway,
            progress: progress,
            mayBeOnPaper: slips.board.mayBeOnPaper(sale.id),
            outlet: outlet(of: session),
            isRepeated: request.uri.queryParameters["repetida"] != nil,
            isReprintRepeated: request.uri.queryParameters["reimpresa"] != nil
        )
        return html(pages.sale(facts, site: site, frame: frame(session)))
    }

    /// The slip itself, for the browser to print.
    @Sendable func showSlip(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let sale = try await printableSale(in: context, session)
        var paper = SlipPaper.usual
        if case .browser(let chosen) = outlet(of: session) { paper = chosen }
        let asked = request.uri.queryParameters["papel"]
        if let asked {
            guard let known = SlipPaper(String(asked)) else { throw APIError.notFound }
            paper = known
        }
        let slip = slips.slip(of: sale, at: site)
        // Whoever changes the paper looks first.
        return html(pages.slip(slip, of: sale, paper: paper, printsAtOnce: asked == nil))
    }

    // MARK: Printing

    /// The slip that has not come out so far.
    @Sendable func printSlip(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let _: CounterActionForm = try await form(of: request, in: session)
        let sale = try await printableSale(in: context, session)
        switch outlet(of: session) {
        case .browser: return seeOther(CounterPath.slip(sale.id))
        case .printer(let printer):
            slips.printFirst(sale, at: site, on: printer)
            return seeOther(CounterPath.sale(sale.id))
        }
    }

    /// One more slip, which says so and is counted: once for each number a page has asked for.
    @Sendable func reprint(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: ReprintForm = try await form(of: request, in: session)
        guard let number = form.number else { throw APIError.notFound }
        let id = try Self.saleID(in: context)
        let (sale, isNew) = try await desk.store.noteReprint(number, of: id, by: session.cashier)
        switch outlet(of: session) {
        case .browser: return seeOther(CounterPath.slip(id))
        case .printer(let printer):
            if isNew { slips.printAnother(sale, at: site, on: printer) }
            return seeOther(CounterPath.sale(id) + (isNew ? "" : "?reimpresa=1"))
        }
    }

    /// - Throws: ``CounterError/alreadyVoided``: its code works no more.
    private func printableSale(in context: AppRequestContext, _ session: CounterSession) async throws -> CounterSale {
        let sale = try await desk.store.sale(try Self.saleID(in: context), of: session.cashier)
        guard sale.voiding == nil else { throw CounterError.alreadyVoided }
        return sale
    }
}
