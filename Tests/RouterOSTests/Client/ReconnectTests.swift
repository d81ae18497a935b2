import Shared
import TestSupport
import Testing

@testable import RouterOS

/// What the client does when the connection ends or cannot be had.
@Suite(.timeLimit(.minutes(2)))
struct ReconnectTests {
    private static let command = Command("/a/print")

    @Test func `after a useful connection, requests wait for the next one`() async throws {
        try await withClient { client, router, clock in
            let first = try await router.acceptLogin()
            async let answered = client.execute(Self.command)
            try await first.answer(["!done"])
            _ = try await answered
            #expect(await client.connectionNumber == 1)
            async let lost = client.outcome(Self.command)
            _ = try await first.next()
            first.close()
            #expect(await lost == .failure(.outcomeUnknown(.connectionLost(.lost("closed by the router")))))
            #expect(await client.status.connection == .connecting)

            async let waits = client.execute(Command("/b"))
            // The pause before the next attempt, and the request's own timeout.
            await clock.waitForSleepers(2)
            clock.advance(by: ReconnectDelay.first)
            let second = try await router.acceptLogin()
            #expect(try await second.answer(["!done"]) == ["/b"])
            _ = try await waits
            #expect(await client.connectionNumber == 2)
            #expect(await client.status.lastFailure == .lost("closed by the router"))
            #expect(await client.status.lastFailureAt == Timestamp(seconds: 1_000))
        }
    }

    @Test func `a connection that never answered counts as a failed attempt`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.acceptLogin()
            async let lost = client.outcome(Self.command)
            _ = try await connection.next()
            connection.send(["!fatal", "too many sessions"])
            let failure = ConnectionFailure.fatal(reason: "too many sessions")
            #expect(await lost == .failure(.outcomeUnknown(.connectionLost(failure))))
            #expect(await client.outcome(Self.command) == .failure(.notSent(.disconnected(failure))))
            #expect(await client.status.connection == .away)
        }
    }

    @Test func `what is not the API ends the connection`() async throws {
        try await withClient { client, router, _ in
            let connection = try await router.acceptLogin()
            async let lost = client.outcome(Self.command)
            _ = try await connection.next()
            connection.send(bytes: [0xFF])
            let failure = ConnectionFailure.protocolViolation("reservedLength(firstByte: 255)")
            #expect(await lost == .failure(.outcomeUnknown(.connectionLost(failure))))
        }
    }

    @Test func `a rejected login says why at once, and is tried again after its pause`() async throws {
        try await withClient { client, router, clock in
            let first = try await router.accept()
            _ = try await first.next()
            async let waiting = client.outcome(Self.command)
            await clock.waitForSleepers(2)
            first.send(["!trap", "=message=invalid user name or password (6)"], ["!done"])
            let failure = ConnectionFailure.loginRejected(message: "invalid user name or password (6)")
            #expect(await waiting == .failure(.notSent(.disconnected(failure))))
            #expect(await client.outcome(Self.command) == .failure(.notSent(.disconnected(failure))))
            #expect(await client.status.connection == .away)
            #expect(await client.status.lastFailure == failure)

            await clock.waitForSleepers(1)
            clock.advance(by: ReconnectDelay.afterRejection)
            let second = try await router.acceptLogin()
            async let reply = client.execute(Self.command)
            try await second.answer(["!done"])
            _ = try await reply
        }
    }

    @Test func `a router that is not there is tried again`() async throws {
        let port: Int
        do {
            let router = try await FakeRouter()
            port = router.port
            try await router.stop()
        }
        let clock = TestClock()
        let client = makeClient(port: port, clock: clock)
        let running = Task { await client.run() }
        for _ in 1...3 {
            await clock.waitForSleepers(1)
            let status = await client.status
            #expect(status.connection == .away)
            guard case .unreachable(let text) = status.lastFailure else {
                Issue.record("\(String(describing: status.lastFailure))")
                break
            }
            #expect(text.contains("refused"))
            clock.advance(by: ReconnectDelay.longest)
        }
        running.cancel()
        await running.value
    }

    @Test func `a router that accepts and closes at once is told apart from one that is not there`() async throws {
        try await withClient { client, router, clock in
            async let result = client.outcome(Self.command)
            try await router.accept().close()
            // The end of the stream, or a reset if our login was on its way.
            guard case .failure(.notSent(.disconnected(.lost))) = await result else {
                Issue.record("\(await result)")
                return
            }
            #expect(await client.status.connection == .away)
        }
    }

    @Test func `stopping ends what is under way, and all that comes later`() async throws {
        let router = try await FakeRouter()
        let client = makeClient(port: router.port, clock: TestClock())
        let running = Task { await client.run() }
        let connection = try await router.acceptLogin()
        async let written = client.outcome(Self.command)
        _ = try await connection.next()
        running.cancel()
        #expect(await written == .failure(.outcomeUnknown(.connectionLost(.stopped))))
        await running.value
        #expect(await client.outcome(Self.command) == .failure(.notSent(.disconnected(.stopped))))
        #expect(await client.status == RouterOSStatus(connection: .stopped))
        await #expect(throws: FakeConnection.ClosedByClient.self) { try await connection.next() }
        try await router.stop()
    }
}
