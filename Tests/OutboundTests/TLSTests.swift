import Logging
import Shared
import TestSupport
import Testing

@testable import Outbound

/// The same outcomes where all real requests go: over TLS.
@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    private func client(trusting certificate: String?) throws -> OutboundClient {
        try OutboundClient(logger: Logger(label: "test"), trustedCertificates: certificate)
    }

    @Test(arguments: ["127.0.0.1", "localhost"]) func aTrustedServerAnswers(host: String) async throws {
        try await TLSServer.with(.answers, name: "DNS:localhost,IP:127.0.0.1") { server in
            var request = OutboundRequest.get("https://\(host):\(server.port)/")
            request.maximumResponseBytes = 100_000
            let outcome = try await client(trusting: server.certificate).send(request)
            #expect(outcome.response?.status == 200, "\(outcome)")
        }
    }

    @Test func aServerNobodyVouchesFor() async throws {
        try await TLSServer.with(.listens, name: "IP:127.0.0.1") { server in
            let outcome = try await client(trusting: nil).send(.post("https://127.0.0.1:\(server.port)/", body: "{}"))
            #expect(outcome == .notSent(.certificateNotTrusted))
            #expect(await !server.kill().contains("POST"))
        }
    }

    @Test func aServerWithAnothersName() async throws {
        try await TLSServer.with(.listens, name: "DNS:api.conekta.io") { server in
            let client = try client(trusting: server.certificate)
            let outcome = await client.send(.post("https://127.0.0.1:\(server.port)/", body: "{}"))
            #expect(outcome == .notSent(.certificateNotTrusted))
            #expect(await !server.kill().contains("POST"))
        }
    }

    @Test func aServerThatDiesWithTheRequest() async throws {
        try await TLSServer.with(.listens, name: "IP:127.0.0.1") { server in
            let client = try client(trusting: server.certificate)
            async let outcome = client.send(.post("https://127.0.0.1:\(server.port)/", body: "{\"amount\":1000}"))
            await server.waitUntilReceived("{\"amount\":1000}")
            let received = await server.kill()
            #expect(await outcome == .outcomeUnknown(.connectionLost))
            #expect(received.split(separator: "POST / HTTP/1.1", omittingEmptySubsequences: false).count == 2)
        }
    }
}
