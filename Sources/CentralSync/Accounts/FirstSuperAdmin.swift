import Logging
import ServerKit
import Shared

/// Makes the first super admin, so that somebody can let the others in.
struct FirstSuperAdmin: Sendable {
    let centre: Centre

    /// Does nothing once there is a super admin, whatever the settings say.
    ///
    /// - Throws: `CentralSettingsError` when there is none and the settings name none.
    func ensure(email: String?, password: Secret<String>?) async throws {
        let exists = "SELECT usuario_id FROM usuario WHERE role = 'super_admin' LIMIT 1"
        guard try await centre.database.read({ try $0.first(exists) }) == nil else { return }
        guard let email, let password else {
            let variables = [CentralSetting.superAdminEmail, .superAdminPassword].map(\.variable)
            throw CentralSettingsError(
                problems: ["there is no super admin yet: set " + variables.joined(separator: " and ")]
            )
        }
        let hash = try await centre.passwordHasher.hash(password)
        let now = centre.wallClock.now
        let usuario = Usuario(
            id: RecordID.random("usr"),
            email: email,
            name: "Super Admin",
            role: .superAdmin,
            routerIDs: [],
            // It stands in a file or in the environment.
            mustChangePassword: true,
            hasSecondFactor: false,
            isDisabled: false,
            version: 1,
            createdAt: now,
            updatedAt: now
        )
        try await centre.database.write { session in
            // Another centre on the same database may have been faster.
            guard try session.first(exists) == nil else { return }
            try UsuarioStore(session).insert(usuario, passwordHash: hash)
            let change = try AuditedChange(
                by: .system,
                at: now,
                action: "usuario.create",
                empresaID: nil,
                subject: usuario.id,
                after: UsuarioBody(usuario)
            )
            try Audit.append(change, in: session)
        }
        centre.logger.info("the first super admin was made", metadata: ["usuario_id": "\(usuario.id)"])
    }
}
