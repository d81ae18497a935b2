import GRDB
import Purchasing
import Store

// What health and metrics count.
extension PurchaseStore {
    /// How many purchases ever ended in each state. Reads the whole table: not to be asked every second.
    func endedCounts() async throws -> [PurchaseState: Int] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT state, count(*) AS number FROM purchase WHERE ended_at_ms IS NOT NULL GROUP BY state"
            )
            return rows.reduce(into: [:]) { counts, row in
                guard let state = PurchaseState(rawValue: row["state"]) else { return }
                counts[state] = row["number"]
            }
        }
    }

    /// Has the disk take a commit that changes nothing, to learn whether it takes any again.
    func tryCommit() async throws {
        try await database.commit { try $0.execute(sql: "UPDATE box SET last_seq = last_seq") }
    }
}
