import Shared

/// The one-time codes by which boxes come to sites.
enum EnrolmentStore {
    /// Makes a code for a site; the text is shown once and kept nowhere.
    static func issue(
        empresaID: String,
        siteID: String,
        at time: Timestamp,
        in session: any SQLSession
    ) throws -> (code: EnrolmentCode, expiresAt: Timestamp) {
        let code = EnrolmentCode.random()
        let expiresAt = time + EnrolmentCode.lifetime
        try session.execute(
            """
            INSERT INTO enrolment_code (code_sha256, empresa_id, site_id, created_at_ms, expires_at_ms)
            VALUES ($1, $2, $3, $4, $5)
            """,
            [
                .bytes(code.digest.bytes), .text(empresaID), .text(siteID), .integer(time.milliseconds),
                .integer(expiresAt.milliseconds),
            ]
        )
        return (code, expiresAt)
    }

    /// Makes a site's codes that nobody used worthless.
    static func withdraw(empresaID: String, siteID: String, in session: any SQLSession) throws {
        try session.execute(
            "DELETE FROM enrolment_code WHERE empresa_id = $1 AND site_id = $2 AND used_at_ms IS NULL",
            [.text(empresaID), .text(siteID)]
        )
    }

    /// Uses a code up.
    ///
    /// - Returns: The new box; nil when the code is unknown, used, or too old, which nobody is told apart.
    static func redeem(
        _ code: EnrolmentCode,
        credential: SHA256Digest,
        incarnation: String,
        at time: Timestamp,
        in session: any SQLSession
    ) throws -> Box? {
        let boxID = RecordID.random("box")
        let row = try session.first(
            """
            UPDATE enrolment_code SET used_at_ms = $2, box_id = $3
            WHERE code_sha256 = $1 AND used_at_ms IS NULL AND expires_at_ms > $2
            RETURNING empresa_id, site_id
            """,
            [.bytes(code.digest.bytes), .integer(time.milliseconds), .text(boxID)]
        )
        guard let row else { return nil }
        let box = Box(
            empresaID: try row.text("empresa_id"),
            siteID: try row.text("site_id"),
            boxID: boxID,
            isBlocked: false
        )
        try BoxStore.insert(box, credential: credential, incarnation: incarnation, at: time, in: session)
        return box
    }
}
