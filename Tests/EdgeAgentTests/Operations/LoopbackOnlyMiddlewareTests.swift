import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Metrics
import ServerKit
import Testing

@testable import EdgeAgent

/// Who may read `/metrics`.
@Suite struct LoopbackOnlyMiddlewareTests {
    private func status(from peer: String?, isOpen: Bool = false, headers: HTTPFields = [:]) async throws -> Int {
        let options = AppRouter.Options(contentSecurityPolicy: "default-src 'none'")
        let router = AppRouter.make(options: options, metrics: NOOPMetricsHandler.instance)
        router.add(middleware: FixedPeerMiddleware(address: peer))
        let operations = router.group().add(middleware: LoopbackOnlyMiddleware(isOpen: isOpen))
        MetricsController(registry: PrometheusRegistry()).addRoutes(to: operations)
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: "/metrics", method: .get, headers: headers).status.code
        }
    }

    @Test(arguments: ["127.0.0.1", "127.8.9.1", "::1"])
    func `this machine reads them`(peer: String) async throws {
        #expect(try await status(from: peer) == 200)
    }

    @Test(arguments: ["10.5.50.20", "192.168.88.2", "128.0.0.1", "::2", "fe80::1", "169.254.1.1", nil])
    func `for others they do not exist`(peer: String?) async throws {
        #expect(try await status(from: peer) == 404)
        #expect(try await status(from: peer, isOpen: true) == 200)
    }

    @Test func `what a request says about itself is not believed`() async throws {
        var headers: HTTPFields = [:]
        for (name, value) in ["X-Forwarded-For": "127.0.0.1", "X-Real-IP": "::1", "Forwarded": "for=127.0.0.1"] {
            headers[try #require(HTTPField.Name(name))] = value
        }
        #expect(try await status(from: "10.5.50.20", headers: headers) == 404)
    }

    @Test func `the box puts its metrics behind it`() async throws {
        try await CompositionFixture.run { _, client in
            let answer = try await client.execute(uri: "/metrics", method: .get)
            #expect(answer.status == .notFound)
        }
        try await CompositionFixture.run(environment: ["FICHAS_METRICS_PUBLIC": "true"]) { _, client in
            let answer = try await client.execute(uri: "/metrics", method: .get)
            #expect(answer.status == .ok)
        }
    }
}

/// Gives requests without a socket an address.
private struct FixedPeerMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    let address: String?

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
