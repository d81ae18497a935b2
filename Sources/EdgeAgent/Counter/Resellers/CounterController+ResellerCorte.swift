import HTTPTypes
import Hummingbird
import ServerKit
import Shared

// What a reseller sold: counted first, then shown with what it comes to, and settled with what is paid.
extension CounterController {
    @Sendable func showCount(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let reseller = try await reseller(in: context, for: session)
        let currency = request.uri.queryParameters["moneda"].map(String.init) ?? "MXN"
        return try await countPage(reseller, currency: currency, session)
    }

    /// Writes nothing down: it only shows what the count comes to.
    @Sendable func reviewCount(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: ResellerCountForm = try await form(of: request, in: session)
        let reseller = try await reseller(in: context, for: session)
        do {
            return try await reviewPage(form, of: reseller, session)
        } catch let error as ResellerError where error.isAboutTheCount {
            return try await countPage(
                reseller,
                currency: form.currency ?? "",
                session,
                problem: APIError(error),
                typed: error == .accountChanged ? nil : form
            )
        }
    }

    @Sendable func settle(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let form: ResellerCountForm = try await form(of: request, in: session)
        let reseller = try await reseller(in: context, for: session)
        guard let id = form.corteID.flatMap(CounterID<ResellerCorte>.init), let currency = form.currency,
            let number = form.number, let movements = form.movements
        else { throw APIError.notFound }
        do {
            let count = ResellerCount(
                resellerID: reseller.id,
                resellerName: reseller.name,
                currency: currency,
                number: number,
                movements: movements,
                inHand: form.inHand.map { TypedAmount.count($0) ?? -1 },
                abonoCents: try form.abonoCents()
            )
            let (corte, isNew) = try await resellers.cortes.settle(
                id,
                count,
                by: session.cashier,
                at: desk.moment().wall
            )
            return seeOther(CounterPath.resellerCorte(corte.id) + (isNew ? "" : "?repetida=1"))
        } catch ResellerError.noAbono {
            return try await reviewPage(form, of: reseller, session, problem: APIError(ResellerError.noAbono))
        } catch let error as ResellerError where error.isAboutTheCount {
            return try await countPage(reseller, currency: currency, session, problem: APIError(error))
        }
    }

    @Sendable func showSettled(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        guard let id = context.parameters.get("corte").flatMap(CounterID<ResellerCorte>.init) else {
            throw APIError.notFound
        }
        let corte = try await resellers.cortes.corte(id)
        _ = try await resellers.reseller(corte.figures.resellerID, for: session.cashier)
        let view = SettledView(
            corte,
            isRepeated: request.uri.queryParameters["repetida"] != nil,
            calendar: SiteCalendar(site),
            frame: frame(session)
        )
        return html(pages.settled(view))
    }

    // MARK: Pieces

    /// - Throws: ``ResellerError/noSuchReseller`` for a currency nothing was handed over in.
    private func account(of reseller: KnownReseller, currency: String) async throws -> ResellerAccount {
        let accounts = try await resellers.accounts.accounts(of: reseller.id)
        guard let account = accounts.first(where: { $0.currency == currency }) else {
            throw ResellerError.noSuchReseller
        }
        return account
    }

    private func countPage(
        _ reseller: KnownReseller,
        currency: String,
        _ session: CounterSession,
        problem: APIError? = nil,
        typed: ResellerCountForm? = nil
    ) async throws -> Response {
        let view = ResellerCountView(
            reseller,
            try await account(of: reseller, currency: currency),
            typed: typed,
            problem: problem?.message,
            frame: frame(session)
        )
        return html(pages.count(view), status: problem?.status ?? .ok)
    }

    private func reviewPage(
        _ form: ResellerCountForm,
        of reseller: KnownReseller,
        _ session: CounterSession,
        problem: APIError? = nil
    ) async throws -> Response {
        let account = try await account(of: reseller, currency: form.currency ?? "")
        let lines = try account.settled(inHand: try form.counts(of: account))
        var generator = SystemRandomNumberGenerator()
        let id = form.corteID.flatMap(CounterID<ResellerCorte>.init)
        let view = ResellerReviewView(
            reseller,
            account,
            lines: lines,
            id: id ?? CounterID(using: &generator),
            abono: String((form.abono ?? "").prefix(20)),
            problem: problem?.message,
            frame: frame(session)
        )
        return once(pages.review(view), problem)
    }
}

extension ResellerError {
    /// Whether counting again helps.
    fileprivate var isAboutTheCount: Bool {
        switch self {
        case .accountChanged, .noCountInHand, .tooManyInHand: true
        default: false
        }
    }
}
