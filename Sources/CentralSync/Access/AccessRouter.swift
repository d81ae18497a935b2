import HTTPTypes
import Hummingbird
import Logging
import ServerKit

/// The only way for a feature to add a route: with its rule. The plain router is not handed out.
///
/// ```swift
/// router.get("/products", .empresa(.superAdmin, .clienteAdmin)) { request, context, scope in … }
/// ```
final class AccessRouter {
    typealias Handler<Caller> = @Sendable (Request, AppRequestContext, Caller) async throws -> Response

    private let router: Router<AppRequestContext>
    private let gate: AccessGate
    /// All routes so far, in the order they were added.
    private(set) var routes: [RegisteredRoute] = []

    init(router: Router<AppRequestContext>, gate: AccessGate) {
        self.router = router
        self.gate = gate
    }

    func get<Caller>(_ path: String, _ access: Access<Caller>, _ handler: @escaping Handler<Caller>) {
        add(.get, path, access, handler)
    }

    func post<Caller>(_ path: String, _ access: Access<Caller>, _ handler: @escaping Handler<Caller>) {
        add(.post, path, access, handler)
    }

    func put<Caller>(_ path: String, _ access: Access<Caller>, _ handler: @escaping Handler<Caller>) {
        add(.put, path, access, handler)
    }

    func delete<Caller>(_ path: String, _ access: Access<Caller>, _ handler: @escaping Handler<Caller>) {
        add(.delete, path, access, handler)
    }

    private func add<Caller>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Access<Caller>,
        _ handler: @escaping Handler<Caller>
    ) {
        routes.append(RegisteredRoute(method: method.rawValue, path: path, rule: access.rule))
        router.on(RouterPath(path), method: method) { [gate] request, context -> Response in
            do {
                let caller = try await access.admit(gate, request, context)
                return try await handler(request, context, caller)
            } catch CentralDatabaseError.nulInText {
                throw APIError(.unprocessableContent, code: "invalid_text", message: "Un texto tiene un carácter nulo.")
            } catch CentralDatabaseError.unavailable(let reason) {
                context.logger.error("the database cannot be used", metadata: ["error": "\(reason)"])
                throw APIError.databaseUnavailable
            } catch CentralDatabaseError.outcomeUnknown {
                throw APIError.outcomeUnknown
            }
        }
    }
}

extension APIError {
    /// 503: nothing was written.
    fileprivate static var databaseUnavailable: APIError {
        var error = APIError(.serviceUnavailable, code: "unavailable", message: "Intenta otra vez en un momento.")
        error.retryAfterSeconds = 2
        return error
    }

    /// 503: it may have been written.
    fileprivate static var outcomeUnknown: APIError {
        APIError(
            .serviceUnavailable,
            code: "outcome_unknown",
            message: "No sabemos si se guardó. Revisa antes de repetirlo."
        )
    }
}
