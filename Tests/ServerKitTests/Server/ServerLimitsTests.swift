import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ServerKit

@Suite(.timeLimit(.minutes(1)))
struct ServerLimitsTests {
    private func withServer(
        idleTimeout: Duration = .seconds(3_600),
        readTimeout: Duration = .seconds(3_600),
        _ body: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws {
        var limits = ServerLimits()
        limits.idleTimeout = idleTimeout
        limits.requestReadTimeout = readTimeout
        let test = ServerTest()
        test.router.post("echo") { request, _ in try await request.body.collect(upTo: 1_024) }
        test.router.post("ignore") { _, _ in "ignored" }
        test.router.get("page") { _, _ in "page" }
        let address = try #require(ListenAddress("127.0.0.1:0"))
        let application = Application(
            router: test.router,
            server: limits.http1(),
            configuration: limits.configuration(address: address, logger: test.log.logger),
            logger: test.log.logger
        )
        try await RunningServer.run(application, body)
    }

    @Test(arguments: ["echo", "ignore"])
    func aBodyThatDripsIsCut(route: String) async throws {
        try await withServer(readTimeout: .milliseconds(200)) { server in
            let head = "POST /\(route) HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
            // Far more than is sent before the cut; without it the body, and this test, would take minutes.
            let pieces = [head] + Array(repeating: "x", count: 990)
            let answer = try await server.connect(sending: pieces, every: .milliseconds(100))
            #expect(!answer.contains("xxx"))
        }
    }

    @Test func aHeadThatDripsIsCutByTheIdleTimeout() async throws {
        try await withServer(idleTimeout: .milliseconds(200)) { server in
            let pieces = ["GET /page HTTP/1.1\r\n"] + Array(repeating: "x", count: 990)
            let answer = try await server.connect(sending: pieces, every: .milliseconds(100))
            #expect(answer == "")
        }
    }

    @Test func aConnectionThatSaysNothingIsClosed() async throws {
        try await withServer(idleTimeout: .milliseconds(100)) { server in
            let answer = try await server.connect(sending: [], every: .zero)
            #expect(answer == "")
        }
    }

    @Test func aRequestInTimeIsAnsweredAndTheNextOneToo() async throws {
        try await withServer { server in
            let first = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n"
            let next = "GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let pieces = [first, "ho", "la", next]
            let answer = try await server.connect(sending: pieces, every: .milliseconds(10))
            #expect(answer.contains("\r\n\r\nhola"))
            #expect(answer.hasSuffix("\r\n\r\npage"))
        }
    }

    @Test(arguments: [
        "X-Long: \(String(repeating: "a", count: 8_200))\r\n",
        (0..<3).map { "X-\($0): \(String(repeating: "a", count: 6_000))\r\n" }.joined(),
        (0..<70).map { "X-\($0): a\r\n" }.joined(),
    ])
    func aHeadBeyondTheLimitsIsRefused(fields: String) async throws {
        try await withServer { server in
            let answer = try await server.exchange("GET /page HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
        }
    }
}
