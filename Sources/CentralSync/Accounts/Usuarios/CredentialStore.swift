import Shared

/// What the login needs to know about people, within one transaction. Nothing of it is ever answered or logged.
struct CredentialStore {
    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    func find(email: String) throws -> Credentials? {
        try find("usuario.email = $1", .text(email))
    }

    func find(usuarioID: String) throws -> Credentials? {
        try find("usuario.usuario_id = $1", .text(usuarioID))
    }

    private func find(_ condition: String, _ argument: SQLValue) throws -> Credentials? {
        let sql = """
            SELECT usuario.*, COALESCE(empresa.is_disabled, 0) AS empresa_is_disabled
            FROM usuario LEFT JOIN empresa ON empresa.empresa_id = usuario.empresa_id
            WHERE \(condition)
            """
        return try session.first(sql, [argument]).map(Credentials.init)
    }

    func setPassword(of usuarioID: String, to change: PasswordChange) throws {
        try session.execute(
            """
            UPDATE usuario SET password_hash = $1, must_change_password = $2, password_expires_at_ms = $3,
                version = version + 1, updated_at_ms = $4
            WHERE usuario_id = $5
            """,
            [
                .text(change.hash.text), SQLValue(change.mustChange), SQLValue(change.expiresAt?.milliseconds),
                .integer(change.at.milliseconds), .text(usuarioID),
            ]
        )
    }

    /// The same password, hashed with the parameters of today.
    func replaceHash(of usuarioID: String, with hash: PasswordHash) throws {
        try session.execute(
            "UPDATE usuario SET password_hash = $1 WHERE usuario_id = $2",
            [.text(hash.text), .text(usuarioID)]
        )
    }

    /// What a cajero types at the counter of a box.
    func setPIN(of usuarioID: String, to hash: PasswordHash, at now: Timestamp) throws {
        try session.execute(
            "UPDATE usuario SET pin_hash = $1, version = version + 1, updated_at_ms = $2 WHERE usuario_id = $3",
            [.text(hash.text), .integer(now.milliseconds), .text(usuarioID)]
        )
    }

    // MARK: Second factor

    /// Keeps a secret that is not asked for until it was confirmed.
    func offerSecondFactor(_ sealed: Sealed, to usuarioID: String) throws {
        try session.execute(
            "UPDATE usuario SET totp_sealed = $1, totp_last_step = 0 WHERE usuario_id = $2 AND totp_is_on = 0",
            [.bytes(sealed.bytes), .text(usuarioID)]
        )
    }

    /// Asks for codes from now on.
    ///
    /// - Parameter recoveryCodes: Their digests; former ones stop working.
    func turnSecondFactorOn(for usuarioID: String, recoveryCodes: [SHA256Digest], at now: Timestamp) throws {
        try session.execute(
            "UPDATE usuario SET totp_is_on = 1, version = version + 1, updated_at_ms = $1 WHERE usuario_id = $2",
            [.integer(now.milliseconds), .text(usuarioID)]
        )
        try session.execute("DELETE FROM recovery_code WHERE usuario_id = $1", [.text(usuarioID)])
        for digest in recoveryCodes {
            try session.execute(
                "INSERT INTO recovery_code (usuario_id, sha256) VALUES ($1, $2)",
                [.text(usuarioID), .bytes(digest.bytes)]
            )
        }
    }

    func removeSecondFactor(of usuarioID: String, at now: Timestamp) throws {
        try session.execute(
            """
            UPDATE usuario SET totp_sealed = NULL, totp_is_on = 0, totp_last_step = 0, version = version + 1,
                updated_at_ms = $1
            WHERE usuario_id = $2
            """,
            [.integer(now.milliseconds), .text(usuarioID)]
        )
        try session.execute("DELETE FROM recovery_code WHERE usuario_id = $1", [.text(usuarioID)])
    }

    /// Uses up a time step: no code of it or of an earlier one is taken again.
    ///
    /// - Returns: False when it was used up before.
    func spendStep(_ step: Int64, of usuarioID: String) throws -> Bool {
        try session.execute(
            "UPDATE usuario SET totp_last_step = $1 WHERE usuario_id = $2 AND totp_last_step < $1",
            [.integer(step), .text(usuarioID)]
        ) == 1
    }

    /// - Returns: False when there is no such code, or no more.
    func spendRecoveryCode(_ digest: SHA256Digest, of usuarioID: String) throws -> Bool {
        try session.execute(
            "DELETE FROM recovery_code WHERE usuario_id = $1 AND sha256 = $2",
            [.text(usuarioID), .bytes(digest.bytes)]
        ) == 1
    }
}
