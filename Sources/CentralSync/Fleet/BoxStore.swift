import Shared

/// The boxes: who they are, how they stand, which epochs their events have.
enum BoxStore {
    private static let maximumRefusal = 2_000

    /// The box a credential belongs to. Only the digest of a credential is ever here.
    static func box(credential: SHA256Digest, in session: any SQLSession) throws -> Box? {
        let row = try session.first(
            """
            SELECT box.empresa_id, box.site_id, box.box_id, box.is_blocked
            FROM box_credential JOIN box
                ON box.empresa_id = box_credential.empresa_id AND box.box_id = box_credential.box_id
            WHERE box_credential.sha256 = $1
            """,
            [.bytes(credential.bytes)]
        )
        return try row.map { row in
            Box(
                empresaID: try row.text("empresa_id"),
                siteID: try row.text("site_id"),
                boxID: try row.text("box_id"),
                isBlocked: try row.bool("is_blocked")
            )
        }
    }

    /// Writes down a new box with its first epoch.
    static func insert(
        _ box: Box,
        credential: SHA256Digest,
        incarnation: String,
        at time: Timestamp,
        in session: any SQLSession
    ) throws {
        try session.execute(
            """
            INSERT INTO box (empresa_id, box_id, site_id, last_epoch, applied_version, is_forked, is_blocked,
                enrolled_at_ms, last_seen_at_ms)
            VALUES ($1, $2, $3, 1, 0, 0, 0, $4, $4)
            """,
            [.text(box.empresaID), .text(box.boxID), .text(box.siteID), .integer(time.milliseconds)]
        )
        try session.execute(
            "INSERT INTO box_credential (sha256, empresa_id, box_id) VALUES ($1, $2, $3)",
            [.bytes(credential.bytes), .text(box.empresaID), .text(box.boxID)]
        )
        try BoxStatus.insert(box, at: time, in: session)
        try insertEpoch(1, of: box, incarnation: incarnation, reason: "enrolled", at: time, in: session)
    }

    /// Keeps what a poll says.
    ///
    /// A box that sells by a later document than the centre has made knew it before it was restored from a backup: the
    /// site's next document is later than that, or the box would never take it.
    static func note(
        _ poll: SyncPoll.Request,
        of box: Box,
        report: String,
        at time: Timestamp,
        in session: any SQLSession
    ) throws {
        try session.execute(
            """
            UPDATE box SET applied_version = $3, refusal = $4, report = $5, clock_skew_ms = $6, last_seen_at_ms = $7
            WHERE empresa_id = $1 AND box_id = $2
            """,
            [
                .text(box.empresaID), .text(box.boxID), .integer(poll.appliedVersion),
                SQLValue(poll.refusal.map { String($0.prefix(maximumRefusal)).filter { $0 != "\0" } }),
                .text(report), .integer(poll.sentAt.milliseconds - time.milliseconds), .integer(time.milliseconds),
            ]
        )
        try BoxStatus.note(poll, of: box, at: time, in: session)
        try SnapshotVersion.overtake(poll.appliedVersion, of: box, at: time, in: session)
    }

    static func isBlocked(_ box: Box, in session: any SQLSession) throws -> Bool {
        let row = try session.first(
            "SELECT is_blocked FROM box WHERE empresa_id = $1 AND box_id = $2",
            [.text(box.empresaID), .text(box.boxID)]
        )
        return try row?.bool("is_blocked") ?? true
    }

    static func setBlocked(_ box: Box, to isBlocked: Bool, in session: any SQLSession) throws {
        try session.execute(
            "UPDATE box SET is_blocked = $3 WHERE empresa_id = $1 AND box_id = $2",
            [.text(box.empresaID), .text(box.boxID), SQLValue(isBlocked)]
        )
    }

    /// The box that serves a site, the one seen last if there are several, and when that was; nil while there is none.
    static func serving(
        siteID: String,
        of empresaID: String,
        in session: any SQLSession
    ) throws -> (box: Box, lastSeenAt: Timestamp)? {
        let row = try session.first(
            """
            SELECT box_id, last_seen_at_ms FROM box WHERE empresa_id = $1 AND site_id = $2 AND is_blocked = 0
            ORDER BY last_seen_at_ms DESC, box_id LIMIT 1
            """,
            [.text(empresaID), .text(siteID)]
        )
        return try row.map { row in
            let box = Box(empresaID: empresaID, siteID: siteID, boxID: try row.text("box_id"), isBlocked: false)
            return (box, Timestamp(milliseconds: try row.integer("last_seen_at_ms")))
        }
    }

    static func markForked(_ box: Box, in session: any SQLSession) throws {
        try session.execute(
            "UPDATE box SET is_forked = 1 WHERE empresa_id = $1 AND box_id = $2",
            [.text(box.empresaID), .text(box.boxID)]
        )
    }

    // MARK: Epochs

    /// The epoch of a run of a box: the one it has, or the next.
    static func epoch(
        for request: EpochRequest,
        of box: Box,
        at time: Timestamp,
        in session: any SQLSession
    ) throws -> Int64 {
        let known = try session.first(
            "SELECT epoch FROM box_epoch WHERE empresa_id = $1 AND box_id = $2 AND incarnation = $3",
            [.text(box.empresaID), .text(box.boxID), .text(request.incarnation)]
        )
        if let known { return try known.integer("epoch") }
        // The row is locked by this, so two runs that ask at once get two numbers.
        let next = try session.first(
            """
            UPDATE box SET last_epoch = last_epoch + 1, is_forked = CASE WHEN $3 = 1 THEN 1 ELSE is_forked END
            WHERE empresa_id = $1 AND box_id = $2 RETURNING last_epoch
            """,
            [.text(box.empresaID), .text(box.boxID), SQLValue(request.reason == .forked)]
        )
        guard let epoch = try next?.integer("last_epoch") else { throw CentralDatabaseError.constraint("no such box") }
        try insertEpoch(
            epoch,
            of: box,
            incarnation: request.incarnation,
            reason: request.reason.rawValue,
            at: time,
            in: session
        )
        return epoch
    }

    /// How far an epoch has come here, where that is less than its box believes; nothing of it, if it is not known.
    static func lag(behind position: SyncPoint, of box: Box, in session: any SQLSession) throws -> SyncPoint? {
        let row = try session.first(
            "SELECT acked_seq, acked_hash FROM box_epoch WHERE empresa_id = $1 AND box_id = $2 AND epoch = $3",
            [.text(box.empresaID), .text(box.boxID), .integer(position.epoch)]
        )
        guard let row else { return SyncPoint.beginning(of: position.epoch) }
        let seq = try row.integer("acked_seq")
        guard seq < position.seq, let hash = SHA256Digest(bytes: try row.bytes("acked_hash")) else { return nil }
        return SyncPoint(epoch: position.epoch, seq: seq, hash: hash)
    }

    private static func insertEpoch(
        _ epoch: Int64,
        of box: Box,
        incarnation: String,
        reason: String,
        at time: Timestamp,
        in session: any SQLSession
    ) throws {
        try session.execute(
            """
            INSERT INTO box_epoch (empresa_id, box_id, epoch, incarnation, reason, acked_seq, acked_hash, opened_at_ms)
            VALUES ($1, $2, $3, $4, $5, 0, $6, $7)
            """,
            [
                .text(box.empresaID), .text(box.boxID), .integer(epoch), .text(incarnation), .text(reason),
                .bytes([UInt8](repeating: 0, count: 32)), .integer(time.milliseconds),
            ]
        )
    }
}
