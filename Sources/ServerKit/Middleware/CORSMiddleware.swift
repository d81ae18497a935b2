import HTTPTypes
import Hummingbird

/// Lets web pages of any origin call the routes a portal uses. They carry their key in a header and no cookie, so
/// `*` gives a foreign page nothing that it could not fetch by itself.
///
/// Chosen by path rather than by route group: a preflight matches no route, and an error answer, which a page must be
/// able to read too, is made outside of the groups.
struct CORSMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    private let prefixes: [String]

    /// - Parameter pathPrefixes: Where the open routes are, such as `/payments`; each covers its own path and all below.
    init(pathPrefixes: [String]) {
        prefixes = pathPrefixes
    }

    func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        guard isOpen(request.uri.path) else { return try await next(request, context) }
        if request.method == .options, request.headers.contains(.accessControlRequestMethod) {
            return Response(
                status: .noContent,
                headers: [
                    .accessControlAllowOrigin: "*",
                    .accessControlAllowMethods: "GET, POST",
                    .accessControlAllowHeaders: "X-API-Key, Content-Type, Idempotency-Key",
                    .accessControlMaxAge: "600",
                ]
            )
        }
        var response = try await next(request, context)
        response.headers[.accessControlAllowOrigin] = "*"
        response.headers[.accessControlExposeHeaders] = "Retry-After, X-Request-Id"
        return response
    }

    private func isOpen(_ path: String) -> Bool {
        prefixes.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
}
