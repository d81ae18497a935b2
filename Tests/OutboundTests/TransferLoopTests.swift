import Glibc
import TestSupport
import Testing

@testable import Outbound

/// What cannot be timed from outside: a cancellation that overtakes its own request.
@Suite(.timeLimit(.minutes(1))) struct TransferLoopTests {
    @Test func aCancellationThatComesFirst() async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        let loop = try TransferLoop(limit: 10)
        defer { loop.abort() }
        let early = try transfer(to: server.url + "/early")
        loop.cancel(early)
        // The loop has seen the cancellation once a request submitted after it is answered.
        let other = try transfer(to: server.url + "/other")
        let otherEnd = await withCheckedContinuation { loop.submit(other, $0) }
        #expect(otherEnd.outcome.response?.status == 200)
        let end = await withCheckedContinuation { loop.submit(early, $0) }
        #expect(end.outcome == .notSent(.cancelled))
        #expect(server.requests.map(\.path) == ["/other"])
    }

    @Test func theNumbersForTheLog() async throws {
        let port = try LoopbackSocket(.refuses)
        let loop = try TransferLoop(limit: 10)
        defer { loop.abort() }
        let refused = try transfer(to: "http://127.0.0.1:\(port.port)/")
        let end = await withCheckedContinuation { loop.submit(refused, $0) }
        #expect(end.curlCode == 7)
        #expect(end.osError == Int(ECONNREFUSED))
        #expect(end.requestBytes == 0)
    }

    private func transfer(to url: String) throws -> Transfer {
        let destination = try #require(Destination(url: url))
        return Transfer(.post(url, body: "{}"), destination: destination, trustedCertificates: nil)
    }
}
