import Outbound
import TestSupport
import Testing

/// A cancelled task gets its outcome at once, and it is the true one.
@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    @Test func beforeItIsSubmitted() async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        let client = try testClient()
        let outcome = await withTaskGroup(of: OutboundOutcome.self) { group in
            group.cancelAll()
            group.addTask { await client.send(.post(server.url, body: "{}")) }
            return await group.next()
        }
        #expect(outcome == .notSent(.cancelled))
        #expect(server.connectionCount == 0)
    }

    @Test func whileItConnects() async throws {
        let port = try LoopbackSocket(.ignores)
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        let client = try testClient()
        let task = Task { await client.send(.post("http://127.0.0.1:\(port.port)", body: "{}")) }
        // The loop takes requests in order, so once a later one is answered the first is connecting.
        _ = await client.send(.get(server.url))
        task.cancel()
        #expect(await task.value == .notSent(.cancelled))
    }

    @Test func whileItWaitsForTheAnswer() async throws {
        let server = try RawServer { _ in .silence }
        defer { server.stop() }
        let client = try testClient()
        let task = Task { await client.send(.post(server.url, body: "{}")) }
        await server.waitForRequests(1)
        task.cancel()
        #expect(await task.value == .outcomeUnknown(.cancelled))
        await server.waitUntilAllClosed()
        #expect(server.requests.count == 1)
    }

    @Test func afterItHasEnded() async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        let client = try testClient()
        let task = Task { await client.send(.get(server.url)) }
        await server.waitForRequests(1)
        let outcome = await task.value
        task.cancel()
        #expect(outcome.response != nil)
        #expect(await client.send(.get(server.url)).response != nil)
    }

    /// Cancellation may fall anywhere; what the caller is told must agree with what the server saw.
    @Test(arguments: UInt64(0)..<20) func atAnyMoment(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        let client = try testClient()
        var outcomes: [String: OutboundOutcome] = [:]
        for round in 0..<20 {
            let turns = Int.random(in: 0..<200, using: &random)
            let task = Task { await client.send(.post(server.url + "/\(round)", body: "{}")) }
            for _ in 0..<turns { await Task.yield() }
            task.cancel()
            outcomes["/\(round)"] = await task.value
        }
        // Connections are accepted in order: with this one all are, and when all are closed all has been read.
        _ = await client.send(.post(server.url, body: "{}"))
        await server.waitUntilAllClosed()
        for (path, outcome) in outcomes {
            let seen = server.requests.count { $0.path == path }
            switch outcome {
            case .notSent(let failure): #expect(seen == 0 && failure == .cancelled, "seed \(seed), \(path)")
            case .answered: #expect(seen == 1, "seed \(seed), \(path)")
            case .outcomeUnknown(let failure):
                #expect(seen <= 1 && failure == .cancelled, "seed \(seed), \(path)")
            }
        }
    }
}
