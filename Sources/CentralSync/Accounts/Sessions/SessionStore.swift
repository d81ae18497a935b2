import Shared

/// People's sessions in the database, within one transaction.
struct SessionStore {
    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    /// Opens a session, and forgets this person's old ones.
    func open(for usuarioID: String, token: RefreshToken, now: Timestamp) throws -> SessionClaims {
        try forgetExpired(of: usuarioID, now: now)
        let claims = SessionClaims(usuarioID: usuarioID, sessionID: RecordID.random("ses"))
        try session.execute(
            """
            INSERT INTO session (session_id, usuario_id, created_at_ms, used_at_ms, expires_at_ms)
            VALUES ($1, $2, $3, $3, $4)
            """,
            [
                .text(claims.sessionID), .text(usuarioID), .integer(now.milliseconds),
                .integer((now + SessionPolicy.maximumLifetime).milliseconds),
            ]
        )
        try insert(token, sessionID: claims.sessionID, now: now)
        return claims
    }

    /// Spends a refresh token for the next one. What this finds out is written down, so it does not throw for it.
    func renew(_ token: RefreshToken, with next: RefreshToken, now: Timestamp) throws -> RefreshOutcome {
        let row = try session.first(
            """
            SELECT refresh_token.spent_at_ms, session.session_id, session.usuario_id
            FROM refresh_token
            JOIN session ON session.session_id = refresh_token.session_id
            JOIN usuario ON usuario.usuario_id = session.usuario_id
            LEFT JOIN empresa ON empresa.empresa_id = usuario.empresa_id
            WHERE refresh_token.sha256 = $1 AND session.revoked_at_ms IS NULL AND session.expires_at_ms > $2
                AND session.used_at_ms > $3 AND usuario.is_disabled = 0 AND COALESCE(empresa.is_disabled, 0) = 0
            """,
            [
                .bytes(token.digest.bytes), .integer(now.milliseconds),
                .integer((now - SessionPolicy.maximumIdle).milliseconds),
            ]
        )
        guard let row else { return .refused }
        let claims = SessionClaims(usuarioID: try row.text("usuario_id"), sessionID: try row.text("session_id"))
        // The condition decides between two that come at once.
        let isFirst = try session.execute(
            "UPDATE refresh_token SET spent_at_ms = $1 WHERE sha256 = $2 AND spent_at_ms IS NULL",
            [.integer(now.milliseconds), .bytes(token.digest.bytes)]
        )
        guard isFirst == 1 else {
            try revoke(claims.sessionID, now: now)
            return .reused(claims)
        }
        try insert(next, sessionID: claims.sessionID, now: now)
        try session.execute(
            "UPDATE session SET used_at_ms = $1 WHERE session_id = $2",
            [.integer(now.milliseconds), .text(claims.sessionID)]
        )
        return .renewed(claims, next)
    }

    func revoke(_ sessionID: String, now: Timestamp) throws {
        try session.execute(
            "UPDATE session SET revoked_at_ms = $1 WHERE session_id = $2 AND revoked_at_ms IS NULL",
            [.integer(now.milliseconds), .text(sessionID)]
        )
    }

    /// - Parameter except: The session that goes on; nil for none.
    func revokeAll(of usuarioID: String, except sessionID: String?, now: Timestamp) throws {
        try session.execute(
            """
            UPDATE session SET revoked_at_ms = $1
            WHERE usuario_id = $2 AND session_id <> $3 AND revoked_at_ms IS NULL
            """,
            [.integer(now.milliseconds), .text(usuarioID), .text(sessionID ?? "")]
        )
    }

    private func insert(_ token: RefreshToken, sessionID: String, now: Timestamp) throws {
        try session.execute(
            "INSERT INTO refresh_token (sha256, session_id, issued_at_ms) VALUES ($1, $2, $3)",
            [.bytes(token.digest.bytes), .text(sessionID), .integer(now.milliseconds)]
        )
    }

    private func forgetExpired(of usuarioID: String, now: Timestamp) throws {
        let arguments: [SQLValue] = [.text(usuarioID), .integer(now.milliseconds)]
        try session.execute(
            """
            DELETE FROM refresh_token WHERE session_id IN
                (SELECT session_id FROM session WHERE usuario_id = $1 AND expires_at_ms <= $2)
            """,
            arguments
        )
        try session.execute("DELETE FROM session WHERE usuario_id = $1 AND expires_at_ms <= $2", arguments)
    }
}
