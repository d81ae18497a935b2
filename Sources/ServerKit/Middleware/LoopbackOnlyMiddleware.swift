import HTTPTypes
public import Hummingbird

/// Hides what only this machine may read: to others it does not exist.
///
/// A request that a proxy on this machine hands on comes from elsewhere, whatever its socket says.
public struct LoopbackOnlyMiddleware: RouterMiddleware {
    public typealias Context = AppRequestContext

    private let isOpen: Bool

    /// - Parameter isOpen: Everybody may read it.
    public init(isOpen: Bool) {
        self.isOpen = isOpen
    }

    public func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        let isHandedOn = request.headers.contains(.forwardedFor) || request.headers.contains(.forwarded)
        let isLocal = !isHandedOn && context.peerAddress.map(ListenAddress.isLoopback) ?? false
        guard isOpen || isLocal else { throw APIError.notFound }
        return try await next(request, context)
    }
}
