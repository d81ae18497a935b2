import GRDB
import Shared
import Store

/// The box's only store.
enum BoxDatabase {
    static let migrations: [Migration] = [
        .purchases, .sync, .fichas, .counter, .cortes, .stock, .resellers, .restoration,
    ]

    /// Opens the file, and gives a new box a name and its first epoch.
    static func open(path: String) async throws -> DurableDatabase {
        let database = try DurableDatabase(path: path, migrations: migrations)
        var generator = SystemRandomNumberGenerator()
        let boxID = "box_" + String(UInt64.random(in: .min ... .max, using: &generator), radix: 36)
        try await database.commit { db in
            // The chain starts at zeros: no event comes before the first.
            try db.execute(
                sql:
                    "INSERT OR IGNORE INTO box (id, box_id, epoch, last_seq, last_hash) VALUES (1, ?, 1, 0, zeroblob(32))",
                arguments: [boxID]
            )
        }
        return database
    }
}
