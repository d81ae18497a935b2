import HTTPTypes
import Hummingbird
import ServerKit
import Shared

// Signing in and out.
extension CounterController {
    static let cookie = "mostrador"

    @Sendable func showLogin(_ request: Request, context: AppRequestContext) -> Response {
        let hasEnded = request.uri.queryParameters["fin"] != nil
        return html(pages.login(site, hasEnded: hasEnded))
    }

    @Sendable func signIn(_ request: Request, context: AppRequestContext) async throws -> Response {
        let form: LoginForm = try await request.decodeForm()
        let cashierID = form.cashierID ?? ""
        do {
            let token = try await login.login(
                cashierID: cashierID,
                pin: form.pin ?? Secret(""),
                from: context.peerAddress ?? "-"
            )
            var response = seeOther(CounterPath.home)
            // Not `Secure`: the box's own network knows no HTTPS.
            response.setCookie(
                Cookie(
                    name: Self.cookie,
                    value: token.reveal(),
                    maxAge: Int(CounterSessions.lifetime.components.seconds),
                    path: CounterPath.home,
                    httpOnly: true,
                    sameSite: .strict
                )
            )
            return response
        } catch let error as APIError {
            var response = html(pages.login(site, chosen: cashierID, problem: error.message), status: error.status)
            response.headers[.retryAfter] = error.retryAfterSeconds.map(String.init)
            return response
        }
    }

    @Sendable func signOut(
        _ request: Request,
        context: AppRequestContext,
        session: CounterSession
    ) async throws -> Response {
        let _: CounterActionForm = try await form(of: request, in: session)
        if let token = request.cookies[Self.cookie]?.value { sessions.close(token) }
        return seeOther(CounterPath.login)
    }
}
