import Logging
import Postgres
import ServiceLifecycle
import Shared
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct PoolTests {
    @Test func `who waits is served in the order of coming`() async throws {
        let clock = TestClock()
        try await withPool(limits: .ample(connections: 1), clock: clock) { pool, _ in
            let gate = Gate()
            let order = Record<Int>()
            async let holder: Void = pool.read { _ in gate.wait() }
            while pool.occupancy.lent == 0 { await Task.yield() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    group.addTask { try await pool.read { _ in order.note(number) } }
                    while pool.occupancy.waiting <= number { await Task.yield() }
                }
                gate.open()
                try await group.waitForAll()
            }
            try await holder
            #expect(order.all == Array(0..<10))
        }
    }

    @Test func `no more connections than allowed, however many ask`() async throws {
        try await withPool(limits: .ample(connections: 3)) { pool, database in
            let seen = Record<PostgresValue>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        let row = try await pool.read { session in
                            try session.query(
                                "SELECT pg_backend_pid() AS pid, count(*) AS n FROM pg_stat_activity WHERE datname = $1",
                                [.text(database.name)]
                            )[0]
                        }
                        #expect(try row.integer("n") <= 3)
                        seen.note(row[0])
                    }
                }
                try await group.waitForAll()
            }
            #expect(Set(seen.all).count <= 3)
        }
    }

    @Test func `waiting for a connection has an end`() async throws {
        let clock = TestClock()
        var limits = PostgresPool.Limits.ample(connections: 1)
        limits.waitTimeout = .seconds(5)
        try await withPool(limits: limits, clock: clock) { pool, _ in
            let gate = Gate()
            let begun = Record<Void>()
            async let holder: Void = pool.read { _ in
                begun.note(())
                gate.wait()
            }
            // Until then the holder may be the one who sleeps on the clock.
            while begun.all.isEmpty { await Task.yield() }
            async let outcome = #expect(throws: PostgresError.timedOut(.connection)) {
                try await pool.read { _ in _ = Issue.record("there was no connection to have") }
            }
            await clock.waitForSleepers()
            clock.advance(by: .seconds(5))
            _ = await outcome
            gate.open()
            try await holder
        }
    }

    @Test func `a pool is shut down after those under way have ended`() async throws {
        try await ThrowawayPostgres.shared.withDatabase { database in
            let pool = try PostgresPool(PostgresConfiguration(url: .init(database.url)), logger: Logger(label: "test"))
            let group = ServiceGroup(services: [pool], logger: Logger(label: "test"))
            let gate = Gate()
            async let run: Void = group.run()
            async let last = pool.write { session in
                gate.wait()
                return try session.query("SELECT 1").count
            }
            while pool.occupancy.lent == 0 { await Task.yield() }
            await group.triggerGracefulShutdown()
            // Refused from the moment the pool has heard of it.
            while true {
                do {
                    try await pool.read { _ in }
                } catch {
                    #expect(error as? PostgresError == .poolClosed)
                    break
                }
            }
            gate.open()
            #expect(try await last == 1)
            try await run
            let left = try await database.psql(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(database.name)' AND pid <> pg_backend_pid()"
            )
            #expect(left == "0")
        }
    }

    @Test func `a shutdown without patience rolls back what is not committed`() async throws {
        let clock = TestClock()
        try await ThrowawayPostgres.shared.withDatabase { database in
            let pool = try PostgresPool(
                PostgresConfiguration(url: .init(database.url)),
                clock: clock,
                logger: Logger(label: "test")
            )
            try await pool.write { try $0.executeScript("CREATE TABLE note (id int)") }
            let group = ServiceGroup(services: [pool], logger: Logger(label: "test"))
            async let run: Void = group.run()
            async let stuck = #expect(throws: PostgresError.cancelled) {
                try await pool.write { session in
                    try session.execute("INSERT INTO note VALUES (1)")
                    try session.execute("SELECT pg_sleep(600)")
                }
            }
            while pool.occupancy.lent == 0 { await Task.yield() }
            await group.triggerGracefulShutdown()
            await clock.waitForSleepers()
            clock.advance(by: .seconds(10))
            _ = await stuck
            try await run
            #expect(try await database.psql("SELECT count(*) FROM note") == "0")
        }
    }
}
