import Outbound
import TestSupport
import Testing

/// Which requests share a connection, and what that may cost.
@Suite struct ConnectionTests {
    @Test func onlyAGETTravelsOnAUsedConnection() async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        let client = try testClient()
        for request in [
            OutboundRequest.get(server.url), .get(server.url), .post(server.url, body: "{}"),
            .post(server.url, body: "{}"), .get(server.url),
        ] {
            #expect(await client.send(request).response?.status == 200)
        }
        // The POSTs had one each and left nothing behind; the last GET went back to the first.
        #expect(server.requests.map(\.connection) == [0, 0, 1, 2, 0])
    }

    /// The fault that makes plain libcurl send a POST twice (reference `swift.md` §5).
    @Test(arguments: [RawReply.sendThenReset(""), .sendThenClose("")], ["", "{\"amount\":1000}"])
    func aPOSTAfterAGETIsSentOnceWhenItsConnectionDies(reply: RawReply, body: String) async throws {
        let server = try RawServer { $0.method == "GET" ? .http(200) : reply }
        defer { server.stop() }
        let client = try testClient()
        _ = await client.send(.get(server.url))
        #expect(await client.send(.post(server.url, body: body)) == .outcomeUnknown(.connectionLost))
        #expect(server.requests.map(\.method) == ["GET", "POST"])
    }

    @Test func redirectsAreAnswersAndNotFollowed() async throws {
        let server = try RawServer { _ in .http(307, headers: ["Location": "/again"]) }
        defer { server.stop() }
        for request in [OutboundRequest.get(server.url), .post(server.url, body: "{}")] {
            #expect(try await testClient().send(request).response?.status == 307)
        }
        #expect(server.requests.map(\.path) == ["/", "/"])
    }

    @Test func aHundredAtOnce() async throws {
        let server = try RawServer { .http(200, $0.body) }
        defer { server.stop() }
        let client = try testClient()
        let outcomes = await withTaskGroup(of: (Int, OutboundOutcome).self) { group in
            for number in 0..<100 {
                group.addTask { (number, await client.send(.post(server.url, body: "\(number)"))) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for number in 0..<100 {
            let outcome = try #require(outcomes[number])
            #expect(outcome.response?.body == Array("\(number)".utf8), "\(outcome)")
        }
        #expect(Set(server.requests.map(\.body)).count == 100)
        #expect(server.requests.count == 100)
    }

    @Test func theRequestOverTheLimitIsNotSent() async throws {
        let server = try RawServer { _ in .silence }
        defer { server.stop() }
        let client = try testClient(concurrentRequests: 2)
        await withTaskGroup { group in
            for _ in 0..<2 { group.addTask { _ = await client.send(.post(server.url, body: "{}")) } }
            await server.waitForRequests(2)
            #expect(await client.send(.post(server.url, body: "{}")) == .notSent(.tooManyRequests))
            group.cancelAll()
            await group.waitForAll()
        }
        #expect(server.requests.count == 2)
        // What has ended no longer counts.
        let other = try RawServer { _ in .http(200) }
        defer { other.stop() }
        #expect(await client.send(.get(other.url)).response != nil)
    }
}
