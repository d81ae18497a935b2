import Logging
import Outbound
import ServiceLifecycle
import TestSupport
import Testing

/// The client as a service: it ends in bounded time, and what is under way gets its true outcome.
@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
    private let clock = TestClock()
    private let client: OutboundClient
    private let group: ServiceGroup

    init() throws {
        let logger = Logger(label: "test")
        client = try OutboundClient(limits: .init(shutdownGrace: .seconds(10)), clock: clock, logger: logger)
        group = ServiceGroup(services: [client], logger: logger)
    }

    @Test func nothingUnderWay() async throws {
        let running = Task { [group] in try await group.run() }
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(await client.send(.post("http://127.0.0.1:1", body: "{}")) == .notSent(.shuttingDown))
    }

    @Test func whatEndsWithinTheGraceIsAnswered() async throws {
        let gate = Gate()
        let server = try RawServer { _ in
            gate.wait()
            return .http(200)
        }
        defer { server.stop() }
        let running = Task { [group] in try await group.run() }
        let sent = Task { [client] in await client.send(.post(server.url, body: "{}")) }
        await server.waitForRequests(1)
        await group.triggerGracefulShutdown()
        await clock.waitForSleepers()
        #expect(await client.send(.post(server.url, body: "{}")) == .notSent(.shuttingDown))
        gate.open()
        #expect(await sent.value.response != nil)
        try await running.value
        #expect(server.requests.count == 1)
    }

    @Test func whatOutlastsTheGraceIsUnknown() async throws {
        let server = try RawServer { _ in .silence }
        defer { server.stop() }
        let running = Task { [group] in try await group.run() }
        let sent = Task { [client] in await client.send(.post(server.url, body: "{}")) }
        await server.waitForRequests(1)
        await group.triggerGracefulShutdown()
        await clock.waitForSleepers()
        clock.advance(by: .seconds(10))
        #expect(await sent.value == .outcomeUnknown(.shuttingDown))
        try await running.value
        await server.waitUntilAllClosed()
    }

    @Test func cancellationHasNoGrace() async throws {
        let server = try RawServer { _ in .silence }
        defer { server.stop() }
        let running = Task { [client] in try await client.run() }
        let sent = Task { [client] in await client.send(.post(server.url, body: "{}")) }
        await server.waitForRequests(1)
        running.cancel()
        #expect(await sent.value == .outcomeUnknown(.shuttingDown))
        try await running.value
    }

    @Test func aClientThatIsLetGoClosesItsConnections() async throws {
        let server = try RawServer { _ in .http(200) }
        defer { server.stop() }
        var client: OutboundClient? = try testClient()
        _ = await client?.send(.get(server.url))
        client = nil
        await server.waitUntilAllClosed()
    }
}
