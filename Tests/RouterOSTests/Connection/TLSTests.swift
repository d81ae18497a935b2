import TestSupport
import Testing

@testable import RouterOS

@Suite(.timeLimit(.minutes(2)))
struct TLSTests {
    @Test func `the pinned certificate is trusted, whoever signed it`() async throws {
        let certificate = try TestCertificate()
        try await withClient(tls: .pinned(sha256: certificate.sha256), serverTLS: certificate.context) {
            client,
            router,
            _ in
            async let reply = client.execute(Command("/a/print"))
            let connection = try await router.accept()
            #expect(try await connection.next() == ["/login", "=name=admin", "=password=secret"])
            connection.send(["!done"])
            try await connection.answer(["!re", "=name=x"], ["!done"])
            #expect(try await reply.rows.map { $0.text("name") } == ["x"])
        }
    }

    @Test func `another certificate is refused before the password leaves, and shown`() async throws {
        let certificate = try TestCertificate()
        let other = [UInt8](repeating: 0, count: 32)
        try await withClient(tls: .pinned(sha256: other), serverTLS: certificate.context) { client, router, _ in
            let failure = ConnectionFailure.certificateMismatch(presentedSHA256: certificate.sha256)
            #expect(await client.outcome(Command("/a")) == .failure(.notSent(.disconnected(failure))))
            let connection = try await router.accept()
            await #expect(throws: FakeConnection.ClosedByClient.self) { try await connection.next() }
        }
    }

    @Test func `a router without TLS is told apart`() async throws {
        try await withClient(tls: .pinned(sha256: [UInt8](repeating: 0, count: 32))) { client, router, _ in
            async let result = client.outcome(Command("/a"))
            let connection = try await router.accept()
            connection.send(["!fatal", "not logged in"])
            guard case .failure(.notSent(.disconnected(.tlsFailed))) = await result else {
                Issue.record("\(await result)")
                return
            }
        }
    }
}
