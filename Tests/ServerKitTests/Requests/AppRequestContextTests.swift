import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ServerKit

struct AppRequestContextTests {
    /// What a program's tests do to come from an address, without a server that believes a header.
    private struct ComingFrom: RouterMiddleware {
        let address: String

        func handle(
            _ request: Request,
            context: AppRequestContext,
            next: @concurrent (Request, AppRequestContext) async throws -> Response
        ) async throws -> Response {
            var context = context
            context.peerAddress = address
            return try await next(request, context)
        }
    }

    @Test func withoutASocketThereIsNoPeerWhateverHeadersSay() async throws {
        let test = ServerTest()
        test.router.get("peer") { _, context in context.peerAddress ?? "none" }
        let headers: HTTPFields = [.init("X-Forwarded-For")!: "10.0.0.1", .init("Forwarded")!: "for=10.0.0.1"]
        #expect(try await test.request("/peer", headers: headers).text == "none")
    }

    @Test func aTestCanComeFromAnAddress() async throws {
        let test = ServerTest()
        test.router.add(middleware: ComingFrom(address: "192.168.88.7"))
        test.router.get("peer") { _, context in context.peerAddress ?? "none" }
        #expect(try await test.request("/peer").text == "192.168.88.7")
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func theSocketGivesThePeer(host: String) async throws {
        let test = ServerTest()
        test.router.get("peer") { _, context in context.peerAddress ?? "none" }
        let address = try #require(ListenAddress(host.contains(":") ? "[\(host)]:0" : "\(host):0"))
        let application = Application(
            router: test.router,
            server: ServerLimits().http1(),
            configuration: ServerLimits().configuration(address: address, logger: test.log.logger),
            logger: test.log.logger
        )
        try await RunningServer.run(application) { server in
            let answer = try await server.exchange("GET /peer HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.hasSuffix("\r\n\r\n\(host)"))
        }
    }

    @Test(arguments: [
        ("::ffff:192.168.88.10", "192.168.88.10"), ("::FFFF:10.0.0.1", "10.0.0.1"), ("192.168.88.10", "192.168.88.10"),
        ("fe80::1", "fe80::1"), ("::ffff:0:10.0.0.1", "::ffff:0:a00:1"), ("::1", "::1"),
    ])
    func mappedAddressesAreIPv4(text: String, expected: String) throws {
        #expect(PeerAddress.text(try SocketAddress(ipAddress: text, port: 1)) == expected)
    }
}
