import GRDB
import Shared
import Store

/// Whether the box was put back from a backup: on the disk, so that no restart forgets it.
struct RestorationStore: Sendable {
    let database: DurableDatabase

    /// Nil where there is nothing to find out.
    func current() async throws -> Restoration? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM restoration").map { row in
                Restoration(
                    since: (row["since_ms"] as Int64?).map(Timestamp.init(milliseconds:)),
                    isSearched: row["is_searched"],
                    searchedAt: (row["searched_at_ms"] as Int64?).map(Timestamp.init(milliseconds:))
                )
            }
        }
    }

    /// Tells of each commit that may have begun or ended one, until it is cancelled.
    func onChange(_ body: @escaping @Sendable () -> Void) -> AnyDatabaseCancellable {
        database.watch("SELECT is_searched FROM restoration", body)
    }

    /// The database is older than what the box did since.
    ///
    /// - Parameter since: When it was as it is; nil where nobody can tell.
    func begin(since: Timestamp?) async throws {
        try await database.commit { try Self.begin(since: since?.milliseconds, in: $0) }
    }

    /// The database is a backup's, and no box runs on it yet: no purchase that was under way is driven before Conekta and
    /// the routers have said what became of it.
    func beginFromBackup() async throws {
        try await database.commit { db in
            // A clock nobody has confirmed may be years ahead, and all that was sold would be before it.
            let since = try Int64.fetchOne(db, sql: "SELECT time_ms FROM clock_mark WHERE is_synced = 1")
            try Self.begin(since: since, in: db)
            try db.execute(sql: "UPDATE purchase SET awaits_restoration = 1 WHERE is_open = 1")
        }
    }

    /// One that was not finished before goes on from where it began: the lesser of a time and NULL is NULL.
    private static func begin(since: Int64?, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO restoration (id, since_ms) VALUES (1, ?)
                ON CONFLICT (id) DO UPDATE SET since_ms = min(since_ms, excluded.since_ms), is_searched = 0,
                    searched_at_ms = NULL
                """,
            arguments: [since]
        )
    }

    /// - Parameter time: As somebody outside confirmed it; nil where nobody did.
    func markSearched(at time: Timestamp?) async throws {
        try await database.commit { db in
            try db.execute(
                sql: "UPDATE restoration SET is_searched = 1, searched_at_ms = ?",
                arguments: [time?.milliseconds]
            )
        }
    }

    /// All is known that can be.
    func finish() async throws {
        try await database.commit { try $0.execute(sql: "DELETE FROM restoration") }
    }
}
