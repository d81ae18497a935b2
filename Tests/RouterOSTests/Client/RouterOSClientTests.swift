import Shared
import TestSupport
import Testing

@testable import RouterOS

/// Over real sockets; time stands still unless a test moves it.
@Suite(.timeLimit(.minutes(2)))
struct RouterOSClientTests {
    private static let command = Command("/a/print")

    @Test func `a client logs in, asks and is answered`() async throws {
        try await withClient { client, router, _ in
            async let reply = client.execute(Command("/a/print").where("name", equals: "x"))
            let connection = try await router.accept()
            #expect(try await connection.next() == ["/login", "=name=admin", "=password=secret"])
            connection.send(["!done"])
            #expect(try await connection.next() == ["/a/print", "?name=x", ".tag=1"])
            connection.send(["!re", "=.id=*1", ".tag=1"], ["!done", ".tag=1"])
            #expect(try await reply.rows.map { $0[".id"] } == ["*1"])
            #expect(await client.status == RouterOSStatus(connection: .connected(since: Timestamp(seconds: 1_000))))
        }
    }

    @Test func `a client answers the challenge of an old router`() async throws {
        try await withClient { client, router, _ in
            let connection = try await router.accept()
            _ = try await connection.next()
            connection.send(["!done", "=ret=856780b7411eefd3abadee2058c149a3"])
            #expect(
                try await connection.next()
                    == ["/login", "=name=admin", "=response=009622e621f0892961a28bcf7a0cea13e4"]
            )
            connection.send(["!done"])
            async let reply = client.execute(Self.command)
            try await connection.answer(["!done"])
            #expect(try await reply.rows.isEmpty)
        }
    }

    @Test func `requests wait for the connection and go out in order`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.accept()
            _ = try await connection.next()
            let replies = await withTaskGroup(of: Void.self) { group in
                for number in 1...20 {
                    group.addTask { _ = await client.outcome(Command("/\(number)")) }
                    // The login's limit sleeps, and every request that has been taken in.
                    await clock.waitForSleepers(1 + number)
                }
                connection.send(["!done"])
                var seen: [String] = []
                for _ in 1...20 { seen += (try? await connection.answer(["!done"])) ?? [] }
                return seen
            }
            #expect(replies == (1...20).map { "/\($0)" })
        }
    }

    @Test func `no more than sixteen requests are in flight`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.acceptLogin()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...18 {
                    group.addTask { _ = try await client.execute(Command("/\(number)")) }
                    await clock.waitForSleepers(1 + number)
                }
                for number in 1...16 {
                    #expect(try await connection.next() == [Word("/\(number)"), Word(".tag=\(number)")])
                }
                // The answer frees a slot for one request, and the next is not to be seen before the next answer: what
                // follows the 17th on the wire is the 18th only because we answer again.
                connection.send(["!done", ".tag=9"])
                #expect(try await connection.next() == ["/17", ".tag=17"])
                connection.send(["!done", ".tag=17"])
                #expect(try await connection.next() == ["/18", ".tag=18"])
                for tag in 1...18 { connection.send(["!done", Word(".tag=\(tag)")]) }
                try await group.waitForAll()
            }
        }
    }

    // MARK: Timeouts

    @Test func `a silent router loses the connection, and what was written has an unknown outcome`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.acceptLogin()
            async let slow = client.outcome(Self.command, timeout: .seconds(20))
            _ = try await connection.next()
            async let quick = client.outcome(Self.command)
            _ = try await connection.next()
            await clock.waitForSleepers(3)
            clock.advance(by: .seconds(10))
            #expect(await quick == .failure(.outcomeUnknown(.timedOut)))
            #expect(await slow == .failure(.outcomeUnknown(.connectionLost(.silent))))
            await #expect(throws: FakeConnection.ClosedByClient.self) { try await connection.next() }
            #expect(await client.status.lastFailure == .silent)
        }
    }

    @Test func `a request that finds no connection in time was not sent`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.accept()
            async let result = client.outcome(Self.command)
            await clock.waitForSleepers(2)
            clock.advance(by: .seconds(10))
            #expect(await result == .failure(.notSent(.timedOut)))
            // The login goes on: it has more time than a request.
            _ = try await connection.next()
            connection.send(["!done"])
            async let next = client.execute(Self.command)
            try await connection.answer(["!done"])
            #expect(try await next.rows.isEmpty)
        }
    }

    @Test func `a request that waits for a slot in vain was not sent`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.acceptLogin()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...16 {
                    group.addTask { _ = try await client.execute(Self.command, timeout: .seconds(60)) }
                    await clock.waitForSleepers(1 + number)
                }
                async let result = client.outcome(Self.command, timeout: .seconds(5))
                await clock.waitForSleepers(18)
                clock.advance(by: .seconds(5))
                #expect(await result == .failure(.notSent(.timedOut)))
                for _ in 1...16 { try await connection.answer(["!done"]) }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a login without an answer is given up`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.accept()
            _ = try await connection.next()
            async let result = client.outcome(Self.command, timeout: .seconds(60))
            await clock.waitForSleepers(2)
            clock.advance(by: .seconds(15))
            #expect(await result == .failure(.notSent(.disconnected(.loginTimedOut))))
            #expect(await client.status.connection == .away)
            await #expect(throws: FakeConnection.ClosedByClient.self) { try await connection.next() }
        }
    }

    // MARK: Sign of life

    @Test func `an idle connection is asked for a sign of life, and dropped if there is none`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.acceptLogin()
            await untilConnected(client)
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(30))
            #expect(try await connection.request().words == ["/system/identity/print", "=.proplist=name"])
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(10))
            await #expect(throws: FakeConnection.ClosedByClient.self) { try await connection.next() }
            #expect(await client.status.lastFailure == .silent)
        }
    }

    @Test func `any answer is a sign of life`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.acceptLogin()
            await untilConnected(client)
            await clock.waitForSleepers(1)
            clock.advance(by: .seconds(30))
            try await connection.answer(["!trap", "=message=not enough permissions (9)"], ["!done"])
            async let reply = client.execute(Self.command)
            #expect(try await connection.answer(["!done"]) == ["/a/print"])
            _ = try await reply
            // It sleeps again on the same connection.
            await clock.waitForSleepers(1)
            #expect(await client.status == RouterOSStatus(connection: .connected(since: Timestamp(seconds: 1_000))))
        }
    }

    @Test func `a connection in use is not asked`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.acceptLogin()
            await untilConnected(client)
            await clock.waitForSleepers(1)
            async let reply = client.execute(Self.command)
            try await connection.answer(["!done"])
            _ = try await reply
            clock.advance(by: .seconds(30))
            // The next thing on the wire is ours, not the sign of life.
            async let next = client.execute(Command("/b"))
            #expect(try await connection.answer(["!done"]) == ["/b"])
            _ = try await next
        }
    }

    // MARK: Cancellation

    @Test func `a cancelled request that waits was not sent`() async throws {
        try await withClient { client, router, clock in
            _ = try await router.accept()
            let request = Task { await client.outcome(Self.command) }
            await clock.waitForSleepers(2)
            request.cancel()
            #expect(await request.value == .failure(.notSent(.cancelled)))
        }
    }

    @Test func `a cancelled request that was written has an unknown outcome, and the connection stays`() async throws {
        try await withClient { client, router, clock in
            let connection = try await router.acceptLogin()
            let request = Task { await client.outcome(Self.command) }
            let written = try await connection.request()
            request.cancel()
            #expect(await request.value == .failure(.outcomeUnknown(.cancelled)))
            async let next = client.execute(Command("/b"))
            let second = try await connection.request()
            #expect(second.words == ["/b"])
            connection.send(["!done", Word(written.tag)], ["!re", Word(second.tag)], ["!done", Word(second.tag)])
            #expect(try await next.rows.count == 1)
        }
    }

    @Test func `a request of a cancelled task is not sent`() async throws {
        try await withClient { client, _, _ in
            let request = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await client.outcome(Self.command)
            }
            #expect(await request.value == .failure(.notSent(.cancelled)))
        }
    }

    /// Waits until requests are answered at once.
    private func untilConnected(_ client: RouterOSClient) async {
        while true {
            if case .connected = await client.status.connection { return }
            await Task.yield()
        }
    }
}
