import Postgres
import Synchronization
import TestSupport
import Testing

/// Servers and backends that go away.
@Suite(.timeLimit(.minutes(3))) struct ConnectionLossTests {
    @Test func `a backend that is ended in a statement ends the transaction, and the next one works`() async throws {
        try await withPool { pool, database in
            try await database.psql("CREATE TABLE note (id int)")
            async let outcome = #expect(throws: PostgresError.connectionLost) {
                try await pool.write { session in
                    try session.execute("INSERT INTO note VALUES (1)")
                    try session.execute("SELECT pg_sleep(600)")
                }
            }
            try await database.waitForSleep()
            try await database.terminateOthers()
            _ = await outcome
            #expect(try await pool.read { try $0.query("SELECT count(*) FROM note")[0][0] } == 0)
        }
    }

    @Test func `connections that broke while they were idle are not noticed`() async throws {
        try await withPool { pool, database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { _ = try await pool.read { try $0.query("SELECT pg_sleep(0.05)") } } }
                try await group.waitForAll()
            }
            try await database.terminateOthers()
            let runs = Mutex(0)
            let count = try await pool.write { session in
                runs.withLock { $0 += 1 }
                return try session.query("SELECT 1").count
            }
            #expect(count == 1)
            #expect(runs.withLock { $0 } == 1)
        }
    }

    @Test func `a body that is ended between its statements learns it from the next`() async throws {
        try await withPool { pool, database in
            let (hasBegun, isGone) = (Gate(), Gate())
            async let outcome = #expect(throws: PostgresError.connectionLost) {
                try await pool.write { session in
                    hasBegun.open()
                    isGone.wait()
                    _ = try? session.query("SELECT 1")
                    // Whoever does not listen does not commit.
                    #expect(throws: PostgresError.connectionLost) { try session.query("SELECT 2") }
                }
            }
            while pool.occupancy.lent == 0 { await Task.yield() }
            try await database.waitForSession()
            try await database.terminateOthers()
            isGone.open()
            _ = await outcome
        }
    }

    @Test func `a killed server is noticed at once, refused fast, and found again`() async throws {
        let server = try await ThrowawayPostgres()
        try await server.withDatabase { database in
            let clock = TestClock()
            try await withPool(on: database.url, clock: clock) { pool in
                async let outcome = #expect(throws: PostgresError.connectionLost) {
                    try await pool.read { try $0.query("SELECT pg_sleep(600)") }
                }
                try await database.waitForSleep()
                await server.kill()
                _ = await outcome
                for _ in 0..<3 {
                    let error = await #expect(throws: PostgresError.self) { try await pool.read { _ in } }
                    guard case .cannotConnect = error else {
                        Issue.record("\(String(describing: error))")
                        return
                    }
                }
                await server.restart()
                // Within the pause nothing is tried.
                await #expect(throws: PostgresError.self) { try await pool.read { _ in } }
                clock.advance(by: .seconds(2))
                try await pool.expectAnswer()
            }
        }
        await server.stop()
    }

    @Test func `what was committed survives the server's death`() async throws {
        var options = ThrowawayPostgres.Options()
        options.isDurable = true
        let server = try await ThrowawayPostgres(options)
        try await server.withDatabase { database in
            try await database.psql("CREATE TABLE note (id int)")
            try await withPool(on: database.url) { pool in
                for id in 0..<10 {
                    try await pool.write { _ = try $0.execute("INSERT INTO note VALUES ($1)", [.integer(Int64(id))]) }
                }
            }
            await server.kill()
            await server.restart()
            #expect(try await database.psql("SELECT count(*) FROM note") == "10")
        }
        await server.stop()
    }

    @Test func `no server is an error at once`() async throws {
        let folder = try TemporaryDirectory()
        try await withPool(on: "postgresql://ana:geheim@/fichas?host=\(folder.path(""))") { pool in
            let error = await #expect(throws: PostgresError.self) { try await pool.read { _ in } }
            guard case .cannotConnect = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(!String(reflecting: error).contains("geheim"))
        }
    }

    @Test func `a wrong password is told, and not shown`() async throws {
        try await ThrowawayPostgres.shared.withDatabase { database in
            try await database.psql("CREATE ROLE guarded LOGIN PASSWORD 'abracadabra'")
            for (password, isRight) in [("abracadabra", true), ("geheim", false)] {
                try await withPool(on: database.url(role: "guarded:\(password)")) { pool in
                    guard !isRight else {
                        let count = try await pool.read { try $0.query("SELECT 1").count }
                        #expect(count == 1)
                        return
                    }
                    let error = await #expect(throws: PostgresError.self) { try await pool.read { _ in } }
                    #expect(String(reflecting: error).contains("password authentication failed"))
                    #expect(!String(reflecting: error).contains("geheim"))
                }
            }
            try await database.psql("DROP ROLE guarded")
        }
    }
}

extension ThrowawayDatabase {
    /// Waits until a session of the database sleeps in a statement.
    func waitForSleep() async throws {
        while try await psql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(name)' AND wait_event = 'PgSleep'"
        )
            == "0"
        {}
    }

    /// Waits until a session of the database is in a transaction and waits for its client.
    func waitForSession() async throws {
        while try await psql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(name)' AND state = 'idle in transaction'"
        ) == "0" {}
    }

    /// Ends all sessions of the database but psql's own, and returns when they have ended.
    func terminateOthers() async throws {
        try await psql(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '\(name)' AND pid <> pg_backend_pid()"
        )
    }
}
