import Postgres
import TestSupport
import Testing

/// A connection that ends at the commit. The client sees the same in both cases; the database does not hold the same:
/// that is why the outcome is unknown.
@Suite(.timeLimit(.minutes(2))) struct CommitLossTests {
    @Test(arguments: [(PostgresProxy.Fault.losesCommit, "0"), (.losesAnswer, "1")])
    func `a connection lost at the commit leaves its outcome unknown`(
        fault: PostgresProxy.Fault,
        committed: String
    ) async throws {
        try await ThrowawayPostgres.shared.withDatabase { database in
            try await database.psql("CREATE TABLE note (id int)")
            let proxy = try PostgresProxy(to: database, fault: fault)
            defer { proxy.stop() }
            try await withPool(on: proxy.url) { pool in
                await #expect(throws: PostgresError.commitOutcomeUnknown) {
                    try await pool.write { try $0.execute("INSERT INTO note VALUES (1)") }
                }
                let found = try await database.psql("SELECT count(*) FROM note")
                #expect(found == committed)
                proxy.set(.none)
                #expect(try await pool.write { try $0.execute("INSERT INTO note VALUES (2)") } == 1)
            }
        }
    }

    @Test func `a commit that is not answered in time has an unknown outcome`() async throws {
        try await ThrowawayPostgres.shared.withDatabase { database in
            try await database.psql("CREATE TABLE note (id int)")
            let proxy = try PostgresProxy(to: database, fault: .swallowsCommit)
            defer { proxy.stop() }
            func impatient(_ configuration: inout PostgresConfiguration) {
                configuration.statementTimeout = .milliseconds(500)
                configuration.silenceGrace = .milliseconds(100)
            }
            try await withPool(on: proxy.url, configure: impatient) { pool in
                await #expect(throws: PostgresError.commitOutcomeUnknown) {
                    try await pool.write { try $0.execute("INSERT INTO note VALUES (1)") }
                }
            }
        }
    }

    @Test func `a read is over when its commit is lost`() async throws {
        try await ThrowawayPostgres.shared.withDatabase { database in
            let proxy = try PostgresProxy(to: database, fault: .losesCommit)
            defer { proxy.stop() }
            try await withPool(on: proxy.url) { pool in
                await #expect(throws: PostgresError.connectionLost) {
                    try await pool.read { try $0.query("SELECT 1") }
                }
            }
        }
    }

    /// A check that runs at the commit refuses on a connection that lives on: nothing is unknown about it.
    @Test func `a commit the server refuses is known not to be done`() async throws {
        try await withPool { pool, database in
            try await database.psql(
                "CREATE TABLE note (id int CONSTRAINT note_key UNIQUE DEFERRABLE INITIALLY DEFERRED)"
            )
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { try $0.execute("INSERT INTO note VALUES (1), (1)") }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.constraint == "note_key")
        }
    }
}
