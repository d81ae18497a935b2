import Hummingbird
import ServerKit

/// Hides what only this machine may read: to others it does not exist.
struct LoopbackOnlyMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    /// Everybody may read it.
    let isOpen: Bool

    func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        guard isOpen || context.peerAddress.map(ListenAddress.isLoopback) ?? false else { throw APIError.notFound }
        return try await next(request, context)
    }
}
