import HTTPTypes
import Hummingbird
import ServerKit
import Shared

// The corte de caja: the cashier says what is in the drawer, and only then sees what should be.
extension CounterController {
    private static let latestCortes = 10

    @Sendable func showCorte(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        try await cortePage(session)
    }

    @Sendable func closeTill(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: CorteForm = try await form(of: request, in: session)
        guard let id = form.corteID.flatMap(CounterID<Corte>.init), let number = form.number,
            let currency = form.currency
        else { throw APIError.notFound }
        do {
            let cents = try form.countedCents()
            try await login.confirm(session.cashier.id, pin: form.pin ?? Secret(""), from: context.peerAddress ?? "-")
            let corte = try await cortes.close(
                id,
                number: number,
                currency: currency,
                countedCents: cents,
                by: session.cashier,
                at: desk.moment().wall
            )
            return seeOther(CounterPath.corte(corte.id))
        } catch CounterError.noAmount {
            return try await cortePage(session, problem: APIError(CounterError.noAmount), typed: form)
        } catch let error as APIError where error.code == CashierLogin.refused.code {
            return try await cortePage(session, problem: error, typed: form)
        }
    }

    @Sendable func showClosed(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        guard let id = context.parameters.get("corte").flatMap(CounterID<Corte>.init) else { throw APIError.notFound }
        let corte = try await cortes.corte(id, of: session.cashier)
        return html(pages.closed(corte, site: site, frame: frame(session)))
    }

    private func cortePage(
        _ session: CounterSession,
        problem: APIError? = nil,
        typed: CorteForm? = nil
    ) async throws -> Response {
        var generator = SystemRandomNumberGenerator()
        let periods = try await cortes.open(of: session.cashier)
        let done = try await cortes.latest(of: session.cashier, limit: Self.latestCortes)
        let forms = periods.map { period in
            // The name it had stays: what was sent may have been heard.
            let isTyped = typed?.currency == period.currency && typed?.number == period.number
            let id = isTyped ? typed?.corteID.flatMap(CounterID<Corte>.init) : nil
            return CorteFormView(
                period,
                id: id ?? CounterID(using: &generator),
                counted: isTyped ? String((typed?.counted ?? "").prefix(20)) : ""
            )
        }
        let page = pages.corte(forms, done: done, site: site, problem: problem?.message, frame: frame(session))
        return html(page, status: problem?.status ?? .ok)
    }
}
