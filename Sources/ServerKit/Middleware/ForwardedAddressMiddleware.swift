import HTTPTypes
import Hummingbird

/// Finds the client's address behind proxies of ours, which each add the address they saw to `X-Forwarded-For`.
///
/// The list is read from its end for as long as the addresses are our proxies': what stands before that, a client may
/// have written (OWASP ASVS 4.1.3). Without proxies of ours no header is believed.
struct ForwardedAddressMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    /// The proxies' IP addresses.
    let trusted: Set<String>

    func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let hops = (request.headers[.forwardedFor] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        for hop in hops.reversed() {
            guard let peer = context.peerAddress, trusted.contains(peer), let address = PeerAddress.text(hop) else {
                break
            }
            context.peerAddress = address
        }
        return try await next(request, context)
    }
}
