import FoundationEssentials
import GRDB
import Shared
import Store

/// The box's facts on their way up: written in the transaction of the fact, numbered without gaps, chained by hash.
enum Outbox {
    /// Appends a fact inside the caller's transaction.
    static func append(_ fact: OutboxFact, at time: Timestamp, in db: Database) throws {
        let name = try db.cachedStatement(sql: "SELECT box_id, epoch, last_seq, last_hash FROM box")
        guard let box = try Row.fetchOne(name) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the box has no name")
        }
        let epoch: Int64 = box["epoch"]
        let seq: Int64 = box["last_seq"] + 1
        let body = try fact.event(boxID: box["box_id"], epoch: epoch, seq: seq, at: time)
        let previousHash: Data = box["last_hash"]
        let hash = Data(SHA256Digest(of: previousHash + body).bytes)
        try db.executeCached(
            sql: "INSERT INTO outbox (epoch, seq, kind, body, hash, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [epoch, seq, fact.kind, body, hash, time.milliseconds]
        )
        try db.executeCached(sql: "UPDATE box SET last_seq = ?, last_hash = ?", arguments: [seq, hash])
    }
}
