import Shared

/// A person as answers and the audit log show them. Members that are not there are left out.
struct UsuarioBody: Encodable, Sendable, Equatable {
    let usuario: Usuario
    /// Shown once, to whoever made it.
    var temporaryPassword: Secret<String>?

    init(_ usuario: Usuario, temporaryPassword: Secret<String>? = nil) {
        self.usuario = usuario
        self.temporaryPassword = temporaryPassword
    }

    enum CodingKeys: String, CodingKey {
        case id, email, name, role, version
        case empresaID = "empresa_id"
        case routerIDs = "router_ids"
        case mustChangePassword = "must_change_password"
        case passwordExpiresAt = "password_expires_at"
        case hasSecondFactor = "second_factor"
        case hasPIN = "has_pin"
        case isDisabled = "is_disabled"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case temporaryPassword = "temporary_password"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(usuario.id, forKey: .id)
        try members.encode(usuario.email, forKey: .email)
        try members.encode(usuario.name, forKey: .name)
        try members.encode(usuario.role, forKey: .role)
        try members.encode(usuario.version, forKey: .version)
        try members.encodeIfPresent(usuario.empresaID, forKey: .empresaID)
        try members.encode(usuario.routerIDs, forKey: .routerIDs)
        try members.encode(usuario.mustChangePassword, forKey: .mustChangePassword)
        try members.encodeIfPresent(usuario.passwordExpiresAt, forKey: .passwordExpiresAt)
        try members.encode(usuario.hasSecondFactor, forKey: .hasSecondFactor)
        if usuario.role == .cajero { try members.encode(usuario.hasPIN, forKey: .hasPIN) }
        try members.encode(usuario.isDisabled, forKey: .isDisabled)
        try members.encode(usuario.createdAt, forKey: .createdAt)
        try members.encode(usuario.updatedAt, forKey: .updatedAt)
        try members.encodeIfPresent(temporaryPassword?.reveal(), forKey: .temporaryPassword)
    }
}
