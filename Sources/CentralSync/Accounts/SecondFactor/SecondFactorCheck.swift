import Shared

/// Checks what somebody shows beside the password, and uses it up.
struct SecondFactorCheck: Sendable {
    /// Where the secret stands.
    static func place(of usuarioID: String) -> SealingContext {
        SealingContext(table: "usuario", column: "totp_sealed", row: usuarioID)
    }

    let sealer: Sealer

    /// In the transaction of what it allows, so that one code allows one thing.
    ///
    /// - Throws: ``SealingError``; ``CentralDatabaseError``.
    func spend(
        _ factor: SecondFactor,
        of credentials: Credentials,
        now: Timestamp,
        in session: any SQLSession
    ) throws -> Bool {
        let store = CredentialStore(session)
        switch factor {
        case .code(let code):
            guard let sealed = credentials.sealedSecret else { return false }
            let secret = try sealer.open(sealed, for: Self.place(of: credentials.usuarioID))
            guard let step = TOTP(secret: secret).matchingStep(code, now: now) else { return false }
            return try store.spendStep(step, of: credentials.usuarioID)
        case .recoveryCode(let code):
            return try store.spendRecoveryCode(RecoveryCode.digest(of: code), of: credentials.usuarioID)
        }
    }
}
