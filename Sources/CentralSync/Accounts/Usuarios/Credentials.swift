import Shared

/// What proves who somebody is.
struct Credentials: Sendable {
    let usuarioID: String
    let email: String
    let role: Role
    let empresaID: String?
    /// As stored; nil when it is no hash of ours, and no password is right.
    let passwordHash: PasswordHash?
    let passwordExpiresAt: Timestamp?
    let sealedSecret: Sealed?
    let hasSecondFactor: Bool
    /// The account, or its empresa.
    let isDisabled: Bool

    /// - Throws: `SQLRow.Mismatch`.
    init(_ row: SQLRow) throws {
        usuarioID = try row.text("usuario_id")
        email = try row.text("email")
        role = Role(rawValue: try row.text("role")) ?? .cajero
        empresaID = try row.optionalText("empresa_id")
        passwordHash = PasswordHash(try row.text("password_hash"))
        passwordExpiresAt = try row.optionalInteger("password_expires_at_ms").map(Timestamp.init(milliseconds:))
        sealedSecret = try row.optionalBytes("totp_sealed").map(Sealed.init(bytes:))
        hasSecondFactor = try row.bool("totp_is_on")
        isDisabled = try row.bool("is_disabled") || row.bool("empresa_is_disabled")
    }
}
