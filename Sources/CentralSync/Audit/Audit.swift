import Shared

/// The log of what people changed: rows are added and never touched again, and each one's hash covers the one before it,
/// so that a row that is changed or missing shows.
enum Audit {
    /// Writes down a change, in the transaction of the change itself: both happen or neither.
    ///
    /// - Throws: ``CentralDatabaseError``.
    static func append(_ change: AuditedChange, in session: any SQLSession) throws {
        // The counter's row is locked until the transaction ends, so two writers never follow the same row.
        let row = try session.first(
            """
            INSERT INTO counter (name, value) VALUES ('audit', 1)
            ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
            RETURNING value
            """
        )
        guard let seq = try row?.integer("value") else { throw CentralDatabaseError.constraint("audit counter") }
        let last = try session.first("SELECT hash FROM audit WHERE seq = $1", [.integer(seq - 1)])
        let record = AuditRecord(
            seq: seq,
            change: change,
            previousHash: try last?.bytes("hash") ?? AuditRecord.firstPreviousHash
        )
        try session.execute(
            """
            INSERT INTO audit (seq, at_ms, actor_id, actor_email, address, action, empresa_id, subject, before_json,
                after_json, previous_hash, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            [
                .integer(seq), .integer(change.at.milliseconds), .text(change.actor.id), .text(change.actor.email),
                .text(change.actor.address), .text(change.action), SQLValue(change.empresaID), .text(change.subject),
                SQLValue(change.before), SQLValue(change.after), .bytes(record.previousHash), .bytes(record.hash),
            ]
        )
    }
}
