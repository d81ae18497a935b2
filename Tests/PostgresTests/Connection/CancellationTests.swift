import Postgres
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct CancellationTests {
    @Test func `a read ends with its task, on the server too`() async throws {
        try await withPool { pool, database in
            let task = Task { try await pool.read { try $0.query("SELECT pg_sleep(600)") } }
            try await database.waitForSleep()
            task.cancel()
            await #expect(throws: PostgresError.cancelled) { try await task.value }
            await pool.close()
            let left = try await database.psql(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(database.name)' AND wait_event = 'PgSleep'"
            )
            #expect(left == "0")
        }
    }

    @Test func `a read of many small statements ends too`() async throws {
        try await withPool { pool, _ in
            let hasBegun = Mutex(false)
            let task = Task {
                try await pool.read { session in
                    while true {
                        _ = try session.query("SELECT 1")
                        hasBegun.withLock { $0 = true }
                    }
                }
            }
            while !hasBegun.withLock({ $0 }) { await Task.yield() }
            task.cancel()
            await #expect(throws: PostgresError.cancelled) { try await task.value }
        }
    }

    @Test func `a stream and a copy end with their task`() async throws {
        try await withPool { pool, _ in
            let rows = Atomic(0)
            let chunks = Atomic(0)
            let stream = Task {
                try await pool.read { session in
                    try session.forEach("SELECT generate_series(1, 1000000000)") { _ in
                        rows.add(1, ordering: .relaxed)
                    }
                }
            }
            let copy = Task {
                try await pool.read { session in
                    try session.copyOut("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT") { _ in
                        chunks.add(1, ordering: .relaxed)
                    }
                }
            }
            while rows.load(ordering: .relaxed) == 0 || chunks.load(ordering: .relaxed) == 0 { await Task.yield() }
            stream.cancel()
            copy.cancel()
            await #expect(throws: PostgresError.cancelled) { try await stream.value }
            await #expect(throws: PostgresError.cancelled) { try await copy.value }
        }
    }

    @Test func `who waits for a connection waits no longer than their task`() async throws {
        try await withPool(limits: .ample(connections: 1)) { pool, _ in
            let gate = Gate()
            async let holder: Void = pool.read { _ in gate.wait() }
            while pool.occupancy.lent == 0 { await Task.yield() }
            let task = Task { try await pool.write { _ in _ = Issue.record("there was no connection to have") } }
            while pool.occupancy.waiting == 0 { await Task.yield() }
            task.cancel()
            await #expect(throws: PostgresError.cancelled) { try await task.value }
            gate.open()
            try await holder
        }
    }

    @Test func `a write that has begun is written, whatever becomes of its task`() async throws {
        try await withPool { pool, database in
            try await database.psql("CREATE TABLE note (id int)")
            let gate = Gate()
            let task = Task {
                try await pool.write { session in
                    gate.wait()
                    return try session.execute("INSERT INTO note VALUES (1)")
                }
            }
            try await database.waitForSession()
            task.cancel()
            gate.open()
            #expect(try await task.value == 1)
            #expect(try await database.psql("SELECT count(*) FROM note") == "1")
        }
    }

    @Test func `a task that is cancelled already begins nothing`() async throws {
        try await withPool { pool, _ in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await pool.write { _ in _ = Issue.record("it was cancelled") }
            }
            await #expect(throws: PostgresError.cancelled) { try await task.value }
        }
    }

    @Test func `the next one is not hit by the cancellation of the one before`() async throws {
        try await withPool(limits: .ample(connections: 1)) { pool, _ in
            for _ in 0..<30 {
                let task = Task { try await pool.read { _ = try $0.query("SELECT 1") } }
                task.cancel()
                async let next = pool.read { try $0.query("SELECT pg_sleep(0.001)").count }
                _ = await task.result
                let count = try await next
                #expect(count == 1)
            }
        }
    }

    @Test func `a statement has a limit on its time, and a transaction may have another`() async throws {
        try await withPool(configure: { $0.statementTimeout = .milliseconds(50) }) { pool, _ in
            await #expect(throws: PostgresError.timedOut(.statement)) {
                try await pool.write { try $0.query("SELECT pg_sleep(600)") }
            }
            #expect(try await pool.read { try $0.query("SHOW statement_timeout")[0][0] } == "50ms")
            let own = try await pool.read(statementTimeout: .seconds(240)) { session in
                try session.query("SHOW statement_timeout")[0][0]
            }
            #expect(own == "4min")
        }
    }
}
