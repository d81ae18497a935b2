import Logging
import Outbound
import Shared
import TestSupport
import Testing

/// The table of faults: for each, what the caller is told and how many requests the *server* saw.
@Suite struct OutcomeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: RawReply
        var readsBodies = true
        let failure: TransportFailure
    }

    static let rows = [
        Row(
            testDescription: "RST after the head",
            reply: .sendThenReset(""),
            readsBodies: false,
            failure: .connectionLost
        ),
        Row(testDescription: "RST after the whole request", reply: .sendThenReset(""), failure: .connectionLost),
        Row(testDescription: "FIN after the whole request", reply: .sendThenClose(""), failure: .connectionLost),
        Row(
            testDescription: "FIN within the status line",
            reply: .sendThenClose("HTTP/1.1 2"),
            failure: .connectionLost
        ),
        Row(
            testDescription: "FIN within the headers",
            reply: .sendThenClose("HTTP/1.1 200 OK\r\nContent-Le"),
            failure: .answerCut
        ),
        Row(
            testDescription: "FIN after the headers' first line",
            reply: .sendThenClose("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n"),
            failure: .answerCut
        ),
        Row(
            testDescription: "FIN within a body of known length",
            reply: .sendThenClose("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
            failure: .answerCut
        ),
        Row(
            testDescription: "FIN within a chunk",
            reply: .sendThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf"),
            failure: .answerCut
        ),
        Row(
            testDescription: "FIN before the last chunk",
            reply: .sendThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
            failure: .answerCut
        ),
        Row(
            testDescription: "RST within the body",
            reply: .sendThenReset("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
            failure: .connectionLost
        ),
        Row(
            testDescription: "only an interim answer",
            reply: .sendThenClose("HTTP/1.1 103 Early\r\n\r\n"),
            failure: .connectionLost
        ),
        Row(testDescription: "not HTTP", reply: .sendThenClose("SSH-2.0-OpenSSH_9.2\r\n"), failure: .answerUnreadable),
        Row(
            testDescription: "body over the limit, announced",
            reply: .http(200, String(repeating: "x", count: 2_000)),
            failure: .answerTooLarge
        ),
        Row(
            testDescription: "body over the limit, not announced",
            reply: .sendThenClose("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 2_000)),
            failure: .answerTooLarge
        ),
        Row(
            testDescription: "endless headers",
            reply: .send("HTTP/1.1 200 OK\r\n" + String(repeating: "X-Filler: 0123456789\r\n", count: 4_000)),
            failure: .answerTooLarge
        ),
    ]

    @Test(arguments: rows) func anAnswerThatNeverBecomesWhole(row: Row) async throws {
        let server = try RawServer(readsBodies: row.readsBodies) { _ in row.reply }
        defer { server.stop() }
        let client = try testClient()
        let outcome = await client.send(.post(server.url + "/charges", body: "{\"amount\":1000}"))
        #expect(outcome == .outcomeUnknown(row.failure))
        #expect(server.requests.map(\.method) == ["POST"])
        #expect(server.connectionCount == 1)
    }

    @Test func refused() async throws {
        let port = try LoopbackSocket(.refuses)
        let outcome = try await testClient().send(.post("http://127.0.0.1:\(port.port)/", body: "{}"))
        #expect(outcome == .notSent(.cannotConnect))
    }

    @Test func aNameThatDoesNotExist() async throws {
        let outcome = try await testClient().send(.post("https://fichas.invalid/", body: "{}"))
        #expect(outcome == .notSent(.nameNotResolved))
    }

    @Test func noAnswerToTheConnection() async throws {
        let port = try LoopbackSocket(.ignores)
        var request = OutboundRequest.post("http://127.0.0.1:\(port.port)/", body: "{}")
        request.timeouts.connect = .milliseconds(150)
        #expect(try await testClient().send(request) == .notSent(.timedOut))
    }

    @Test func tlsToAPlainPort() async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        let outcome = try await testClient().send(.post("https://127.0.0.1:\(server.port)/", body: "{}"))
        #expect(outcome == .notSent(.tlsFailed))
        #expect(server.requests.isEmpty)
        #expect(server.connectionCount == 1)
    }

    static let slowReplies: [RawReply] = [
        .silence, .drip(RawReply.httpText(200, String(repeating: "x", count: 900)), everyMilliseconds: 40),
    ]

    @Test(.timeLimit(.minutes(1)), arguments: slowReplies) func anAnswerThatTakesTooLong(reply: RawReply) async throws {
        // A slow machine may not even have sent the request by then; it gets more time.
        for milliseconds in [250, 1_000, 4_000, 16_000] {
            let server = try RawServer { _ in reply }
            defer { server.stop() }
            var request = OutboundRequest.post(server.url, body: "{}")
            request.timeouts.total = .milliseconds(milliseconds)
            let outcome = try await testClient().send(request)
            if outcome == .notSent(.timedOut) { continue }
            #expect(outcome == .outcomeUnknown(.timedOut))
            await server.waitForRequests(1)
            await server.waitUntilAllClosed()
            #expect(server.requests.count == 1)
            return
        }
        Issue.record("the request was never sent")
    }

    @Test(.timeLimit(.minutes(1))) func aStallIsGivenUpBeforeTheTotal() async throws {
        let server = try RawServer { _ in .silence }
        defer { server.stop() }
        var request = OutboundRequest.post(server.url, body: "{}")
        // Takes the second or two that libcurl's own counting needs; without it the test's time limit ends the wait.
        request.timeouts.stall = .milliseconds(1)
        #expect(try await testClient().send(request) == .outcomeUnknown(.timedOut))
        await server.waitForRequests(1)
        await server.waitUntilAllClosed()
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [200, 201, 204, 302, 402, 404, 422, 500, 503]) func anyWholeAnswer(status: Int) async throws {
        let body = status == 204 ? "" : "{\"id\":\"ord_1\"}"
        let server = try RawServer { _ in .http(status, body, headers: ["Location": "/elsewhere", "X-Id": " a:b "]) }
        defer { server.stop() }
        let outcome = try await testClient().send(.post(server.url + "/orders", body: "{}"))
        let response = try #require(outcome.response)
        #expect(response.status == status)
        #expect(response.body == Array(body.utf8))
        #expect(response.headers["x-id"] == "a:b")
        #expect(server.requests.map(\.path) == ["/orders"])
    }

    @Test func interimAnswersAreNotTheAnswer() async throws {
        let text = "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n" + RawReply.httpText(402, "{}")
        let server = try RawServer { _ in .send(text) }
        defer { server.stop() }
        let response = try #require(try await testClient().send(.post(server.url, body: "{}")).response)
        #expect(response.status == 402)
        #expect(response.headers["x-early"] == nil)
    }

    @Test func theRequestArrivesAsItIs() async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        let client = try testClient()
        // Above a megabyte libcurl would ask "Expect: 100-continue" first.
        let body = "{\"name\":\"Peña\"}" + String(repeating: " ", count: 1_100_000)
        var request = OutboundRequest.post(server.url + "/orders?x=1", body: body)
        request.headers["Content-Type"] = Secret("application/json")
        request.headers["Authorization"] = Secret("Bearer key_1")
        #expect(await client.send(request) == .answered(.init(status: 200, headers: ["content-length": "0"], body: [])))
        request.body = nil
        request.headers["Content-Type"] = nil
        _ = await client.send(request)
        let seen = server.requests
        #expect(seen.map(\.path) == ["/orders?x=1", "/orders?x=1"])
        #expect(seen[0].body == body)
        #expect(seen[0].headers["content-type"] == "application/json")
        #expect(seen[0].headers["authorization"] == "Bearer key_1")
        #expect(seen[0].headers["expect"] == nil)
        #expect(seen[1].headers["content-length"] == "0")
        #expect(seen[1].headers["content-type"] == nil)
    }
}
