/// Which people somebody may see and change.
struct UsuarioReach: Sendable, Equatable {
    /// Only this empresa's; nil for everybody.
    let empresaID: String?
    /// Of those, only people who have and keep one of these roles may be changed.
    let roles: Set<Role>

    /// Everybody.
    static let all = UsuarioReach(empresaID: nil, roles: Set(Role.allCases))

    /// Within one empresa: its owner manages the cajeros, a super admin all its people.
    static func within(_ scope: EmpresaScope) -> UsuarioReach {
        let roles: Set<Role> = scope.principal.role == .superAdmin ? [.clienteAdmin, .cajero, .tecnico] : [.cajero]
        return UsuarioReach(empresaID: scope.empresaID, roles: roles)
    }

    func sees(_ usuario: Usuario) -> Bool {
        empresaID == nil || usuario.empresaID == empresaID
    }
}
