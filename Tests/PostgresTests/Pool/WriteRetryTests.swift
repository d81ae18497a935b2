import Postgres
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct WriteRetryTests {
    static let schema = "CREATE TABLE counter (id int PRIMARY KEY, n bigint); INSERT INTO counter VALUES (1, 0), (2, 0)"

    /// Each transaction reads what the other writes: the server can order them only one after the other.
    @Test func `two that cannot be put in order are both written`() async throws {
        try await withPool { pool, database in
            try await pool.write { try $0.executeScript(Self.schema) }
            let (firstHasRead, secondIsDone) = (Gate(), Gate())
            let runs = Mutex(0)
            async let first: Void = pool.write { session in
                let run = runs.withLock { runs in
                    runs += 1
                    return runs
                }
                let sum = try session.query("SELECT sum(n)::bigint AS n FROM counter")[0].integer("n")
                if run == 1 {
                    firstHasRead.open()
                    secondIsDone.wait()
                }
                try session.execute("UPDATE counter SET n = $1 WHERE id = 1", [.integer(sum + 1)])
            }
            try await pool.write { session in
                firstHasRead.wait()
                let sum = try session.query("SELECT sum(n)::bigint AS n FROM counter")[0].integer("n")
                try session.execute("UPDATE counter SET n = $1 WHERE id = 2", [.integer(sum + 1)])
            }
            secondIsDone.open()
            try await first
            #expect(runs.withLock { $0 } == 2)
            #expect(try await database.psql("SELECT n FROM counter ORDER BY id") == "2\n1")
        }
    }

    @Test func `two that wait for each other are both written`() async throws {
        try await withPool { pool, database in
            try await pool.write { try $0.executeScript(Self.schema) }
            let gates = [Gate(), Gate()]
            let runs = Mutex(0)
            let change = { @Sendable (mine: Int, other: Int) in
                try await pool.write(isolation: .readCommitted) { session in
                    runs.withLock { $0 += 1 }
                    try session.execute("UPDATE counter SET n = n + 1 WHERE id = $1", [.integer(Int64(mine + 1))])
                    gates[mine].open()
                    gates[other].wait()
                    try session.execute("UPDATE counter SET n = n + 1 WHERE id = $1", [.integer(Int64(other + 1))])
                }
            }
            async let first: Void = change(0, 1)
            async let second: Void = change(1, 0)
            _ = try await (first, second)
            #expect(runs.withLock { $0 } == 3)
            #expect(try await database.psql("SELECT sum(n) FROM counter") == "4")
        }
    }

    @Test func `attempts are bounded, and the error is the server's`() async throws {
        var limits = PostgresPool.Limits.ample
        limits.writeAttempts = 3
        try await withPool(limits: limits) { pool, _ in
            let runs = Mutex(0)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { session in
                    runs.withLock { $0 += 1 }
                    try session.executeScript("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
                }
            }
            #expect(error?.sqlState == .serializationFailure)
            #expect(runs.withLock { $0 } == 3)
        }
    }

    @Test func `a read is not run again`() async throws {
        try await withPool { pool, _ in
            let runs = Mutex(0)
            await #expect(throws: PostgresError.self) {
                try await pool.read { session in
                    runs.withLock { $0 += 1 }
                    try session.executeScript("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
                }
            }
            #expect(runs.withLock { $0 } == 1)
        }
    }

    @Test func `64 writers on one row lose nothing`() async throws {
        try await withPool { pool, database in
            try await pool.write { try $0.executeScript(Self.schema) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        for _ in 0..<5 {
                            try await pool.write { session in
                                let n = try session.query("SELECT n FROM counter WHERE id = 1")[0].integer("n")
                                try session.execute("UPDATE counter SET n = $1 WHERE id = 1", [.integer(n + 1)])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.psql("SELECT n FROM counter WHERE id = 1") == "320")
            #expect(pool.occupancy.connections <= 4)
        }
    }
}
