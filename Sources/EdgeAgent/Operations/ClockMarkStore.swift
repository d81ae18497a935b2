import GRDB
import Shared
import Store

/// The last time known, for the next start: no box with a dead battery goes back further than a minute.
struct ClockMarkStore: Sendable {
    let database: DurableDatabase

    func latest() async throws -> ClockMark? {
        try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM clock_mark").map { row in
                ClockMark(
                    bootID: row["boot_id"],
                    uptime: .milliseconds(row["uptime_ms"] as Int64),
                    time: Timestamp(milliseconds: row["time_ms"]),
                    isSynced: row["is_synced"]
                )
            }
        }
    }

    static func save(_ mark: ClockMark, in db: Database) throws {
        try db.executeCached(
            sql:
                "INSERT OR REPLACE INTO clock_mark (id, boot_id, uptime_ms, time_ms, is_synced) VALUES (1, ?, ?, ?, ?)",
            arguments: [mark.bootID, mark.uptime.wholeMilliseconds, mark.time.milliseconds, mark.isSynced]
        )
    }
}
