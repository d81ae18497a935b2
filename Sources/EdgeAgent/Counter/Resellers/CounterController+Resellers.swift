import HTTPTypes
import Hummingbird
import ServerKit
import Shared

// Resellers: who they are, what they are handed and what they bring back.
extension CounterController {
    private static let latest = 20

    func addResellerRoutes(to router: some RouterMethods<AppRequestContext>) {
        router.get("/mostrador/revendedores", use: signedIn(showResellers))
        router.get("/mostrador/revendedores/{reseller}", use: signedIn(showReseller))
        router.get("/mostrador/revendedores/{reseller}/entregar", use: signedIn(showHandOver))
        router.post("/mostrador/revendedores/{reseller}/entregar", use: signedIn(handOver))
        router.get("/mostrador/entregas/{entrega}", use: signedIn(showEntrega))
        router.get("/mostrador/entregas/{entrega}/devolver", use: signedIn(showTakeBack))
        router.post("/mostrador/entregas/{entrega}/devolver", use: signedIn(takeBack))
        router.get("/mostrador/devoluciones/{devolucion}", use: signedIn(showDevolucion))
        router.get("/mostrador/revendedores/{reseller}/contar", use: signedIn(showCount))
        router.post("/mostrador/revendedores/{reseller}/contar", use: signedIn(reviewCount))
        router.post("/mostrador/revendedores/{reseller}/corte", use: signedIn(settle))
        router.get("/mostrador/cortes-de-revendedor/{corte}", use: signedIn(showSettled))
    }

    @Sendable func showResellers(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let known = try await resellers.resellers(for: session.cashier)
        let balances = try await resellers.accounts.balances()
        return html(pages.resellers(known, balances: balances, frame: frame(session)))
    }

    @Sendable func showReseller(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let reseller = try await reseller(in: context, for: session)
        let view = ResellerView(
            reseller,
            accounts: try await resellers.accounts.accounts(of: reseller.id),
            entregas: try await resellers.entregas.latest(of: reseller.id, limit: Self.latest),
            cortes: try await resellers.cortes.latest(of: reseller.id, limit: Self.latest),
            calendar: SiteCalendar(site),
            frame: frame(session)
        )
        return html(pages.reseller(view))
    }

    // MARK: Handing over

    @Sendable func showHandOver(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        try await handOverPage(try await reseller(in: context, for: session), session)
    }

    @Sendable func handOver(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: EntregaForm = try await form(of: request, in: session)
        let reseller = try await reseller(in: context, for: session)
        guard let id = form.entregaID.flatMap(CounterID<Entrega>.init),
            let batchID = form.batchID.flatMap(CounterID<Batch>.init)
        else { throw APIError.notFound }
        guard let current = reseller.inForce else {
            // What was handed over before they were put away is shown when the page comes again.
            let known = try await resellers.entregas.entrega(id, for: session.cashier)
            return seeOther(CounterPath.entrega(known.id) + "?repetida=1")
        }
        do {
            guard let count = TypedAmount.count(form.count), count >= 1 else { throw ResellerError.noCount }
            let order = EntregaOrder(
                id: id,
                reseller: current,
                batchID: batchID,
                count: count,
                cashier: session.cashier
            )
            let (entrega, isNew) = try await resellers.entregas.handOver(order, at: desk.moment())
            return seeOther(CounterPath.entrega(entrega.id) + (isNew ? "" : "?repetida=1"))
        } catch let error as ResellerError where error != .pageIsSpent && error != .noSuchEntrega {
            return try await handOverPage(reseller, session, problem: APIError(error), typed: form)
        }
    }

    @Sendable func showEntrega(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let entrega = try await entrega(in: context, for: session)
        let view = EntregaView(
            entrega,
            fichas: try await resellers.entregas.fichas(of: entrega.id),
            isRepeated: request.uri.queryParameters["repetida"] != nil,
            calendar: SiteCalendar(site),
            frame: frame(session)
        )
        return html(pages.entrega(view))
    }

    private func handOverPage(
        _ reseller: KnownReseller,
        _ session: CounterSession,
        problem: APIError? = nil,
        typed: EntregaForm? = nil
    ) async throws -> Response {
        guard let current = reseller.inForce else { throw APIError.notFound }
        var generator = SystemRandomNumberGenerator()
        let stock = try await resellers.stock(for: current, by: session.cashier, limit: Self.latest)
        // The name it had stays: what was sent may have been heard.
        let id = typed?.entregaID.flatMap(CounterID<Entrega>.init)
        let view = HandOverView(
            current,
            stock: stock,
            id: id ?? CounterID(using: &generator),
            typed: typed,
            problem: problem?.message,
            site: site,
            frame: frame(session)
        )
        return once(pages.handOver(view), problem)
    }

    // MARK: Bringing back

    @Sendable func showTakeBack(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        try await takeBackPage(try await entrega(in: context, for: session), session)
    }

    @Sendable func takeBack(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: DevolucionForm = try await form(of: request, in: session)
        let entrega = try await entrega(in: context, for: session)
        guard let id = form.devolucionID.flatMap(CounterID<Devolucion>.init) else { throw APIError.notFound }
        do {
            let (devolucion, isNew) = try await resellers.devoluciones.takeBack(
                id,
                of: entrega.id,
                try form.broughtBack(),
                by: session.cashier,
                at: desk.moment()
            )
            return seeOther(CounterPath.devolucion(devolucion.id) + (isNew ? "" : "?repetida=1"))
        } catch let error as ResellerError where error != .pageIsSpent && error != .noSuchDevolucion {
            return try await takeBackPage(entrega, session, problem: APIError(error), typed: form)
        }
    }

    @Sendable func showDevolucion(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        guard let id = context.parameters.get("devolucion").flatMap(CounterID<Devolucion>.init) else {
            throw APIError.notFound
        }
        let view = DevolucionView(
            try await resellers.devoluciones.devolucion(id, for: session.cashier),
            isRepeated: request.uri.queryParameters["repetida"] != nil,
            calendar: SiteCalendar(site),
            frame: frame(session)
        )
        return html(pages.devolucion(view))
    }

    private func takeBackPage(
        _ entrega: Entrega,
        _ session: CounterSession,
        problem: APIError? = nil,
        typed: DevolucionForm? = nil
    ) async throws -> Response {
        var generator = SystemRandomNumberGenerator()
        let id = typed?.devolucionID.flatMap(CounterID<Devolucion>.init)
        let view = TakeBackView(
            entrega,
            fichas: try await resellers.entregas.fichas(of: entrega.id),
            id: id ?? CounterID(using: &generator),
            typed: typed,
            problem: problem?.message,
            frame: frame(session)
        )
        return once(pages.takeBack(view), problem)
    }

    // MARK: Pieces

    func reseller(in context: AppRequestContext, for session: CounterSession) async throws -> KnownReseller {
        try await resellers.reseller(context.parameters.get("reseller") ?? "", for: session.cashier)
    }

    private func entrega(in context: AppRequestContext, for session: CounterSession) async throws -> Entrega {
        guard let id = context.parameters.get("entrega").flatMap(CounterID<Entrega>.init) else {
            throw APIError.notFound
        }
        return try await resellers.entregas.entrega(id, for: session.cashier)
    }

    /// A page whose button does one thing, once: going back has to show this page and not a new one.
    func once(_ page: String, _ problem: APIError?) -> Response {
        var response = html(page, status: problem?.status ?? .ok)
        response.headers[.cacheControl] = "private, max-age=0"
        return response
    }
}
