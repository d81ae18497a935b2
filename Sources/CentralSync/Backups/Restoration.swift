import Shared

/// What a centre that was restored has to know better than its backup: time went on without it, and what happened since is
/// known to boxes and people and not to it.
///
/// Ventas need nothing here. A box that sends on from where it was is told how far the centre has come (`sync_gap`), and
/// sends again from there; the numbers, the chain and the ventas' ids say what is here already.
struct Restoration: Sendable {
    /// Beyond all documents the centre can have made since the backup: a box that has one of those would take no other
    /// under the same number.
    private static let documentLeap: Int64 = 1_000_000

    let backupAt: Timestamp
    let now: Timestamp

    /// In the transaction that ends the restoring.
    func run(in session: any SQLSession) throws {
        let now = SQLValue.integer(now.milliseconds)
        // Who logged out, or was shut out, since the backup is not to be let in by it.
        try session.execute("UPDATE session SET revoked_at_ms = $1 WHERE revoked_at_ms IS NULL", [now])
        // A code that was used since would open a second time.
        try session.execute(
            "UPDATE enrolment_code SET expires_at_ms = $1 WHERE used_at_ms IS NULL AND expires_at_ms > $1",
            [now]
        )
        try session.execute(
            "UPDATE command SET expires_at_ms = $1 WHERE answered_at_ms IS NULL AND expires_at_ms > $1",
            [now]
        )
        try session.execute(
            "UPDATE site SET snapshot_version = snapshot_version + $1",
            [.integer(Self.documentLeap)]
        )
        try BoxStatus.awaitResend(in: session)
        let change = try AuditedChange(
            by: .system,
            at: self.now,
            action: "centre.restore",
            empresaID: nil,
            subject: backupAt.rfc3339
        )
        try Audit.append(change, in: session)
    }
}
