/// The person a request comes from, as the database knew them when it came.
struct Principal: Sendable, Equatable {
    let usuarioID: String
    let email: String
    let role: Role
    /// The only empresa they may act in; nil for those who may name any.
    let empresaID: String?
    /// The routers a cajero may sell at.
    let routerIDs: Set<String>
    let sessionID: String
    /// They may do nothing but look at their account and change the password.
    let mustChangePassword: Bool
    /// The IP address the request came from, for the audit log.
    var address: String

    /// Who did it, for the audit log.
    var actor: AuditActor { AuditActor(id: usuarioID, email: email, address: address) }
}
