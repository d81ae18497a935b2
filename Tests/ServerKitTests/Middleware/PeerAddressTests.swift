import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ServerKit

/// Where a request comes from, when proxies stand between.
struct PeerAddressTests {
    /// Sets what the socket would say.
    private struct Socket: RouterMiddleware {
        typealias Context = AppRequestContext

        let peer: String

        func handle(
            _ request: Request,
            context: AppRequestContext,
            next: @concurrent (Request, AppRequestContext) async throws -> Response
        ) async throws -> Response {
            var context = context
            context.peerAddress = peer
            return try await next(request, context)
        }
    }

    private static func answer(
        peer: String,
        forwarded: String?,
        field: String = "X-Forwarded-For",
        through middleware: any MiddlewareProtocol<Request, Response, AppRequestContext>
    ) async throws -> TestResponse {
        let router = Router(context: AppRequestContext.self)
        router.add(middleware: Socket(peer: peer))
        router.add(middleware: middleware)
        router.get("peer") { _, context in context.peerAddress ?? "" }
        var headers: HTTPFields = [:]
        if let forwarded, let name = HTTPField.Name(field) { headers[name] = forwarded }
        let fields = headers
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: "/peer", method: .get, headers: fields)
        }
    }

    @Test(
        arguments: [
            ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
            ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
            ("127.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"),
            ("127.0.0.1", "1.1.1.1, 203.0.113.7,10.0.0.2", "203.0.113.7"),
            ("127.0.0.1", "127.0.0.1", "127.0.0.1"), ("127.0.0.1", "2001:DB8::1", "2001:db8::1"),
            ("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"), ("127.0.0.1", "nobody", "127.0.0.1"),
            ("127.0.0.1", "", "127.0.0.1"), ("127.0.0.1", nil, "127.0.0.1"),
            ("203.0.113.9", "1.1.1.1", "203.0.113.9"),
        ] as [(String, String?, String)]
    ) func `only what our proxies added is believed`(peer: String, forwarded: String?, address: String) async throws {
        let middleware = ForwardedAddressMiddleware(trusted: ["127.0.0.1", "10.0.0.2"])
        let response = try await Self.answer(peer: peer, forwarded: forwarded, through: middleware)
        #expect(String(buffer: response.body) == address)
    }

    @Test func `what a proxy on this machine hands on is not local`() async throws {
        let middleware = LoopbackOnlyMiddleware(isOpen: false)
        #expect(try await Self.answer(peer: "127.0.0.1", forwarded: nil, through: middleware).status == .ok)
        for field in ["X-Forwarded-For", "Forwarded"] {
            let response = try await Self.answer(
                peer: "127.0.0.1",
                forwarded: "127.0.0.1",
                field: field,
                through: middleware
            )
            #expect(response.status == .notFound)
        }
        #expect(try await Self.answer(peer: "10.0.0.1", forwarded: nil, through: middleware).status == .notFound)
    }
}
