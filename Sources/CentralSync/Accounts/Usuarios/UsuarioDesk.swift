import ServerKit
import Shared

/// Making and changing people's accounts, for whoever may reach them.
struct UsuarioDesk: Sendable {
    /// How long a temporary password works.
    static let temporaryPasswordLifetime = Duration.seconds(7 * 86_400)

    let centre: Centre
    let principal: Principal
    let reach: UsuarioReach

    /// - Throws: `APIError` 404.
    func find(_ id: String) async throws -> Usuario {
        let usuario = try await centre.database.read { try UsuarioStore($0).find(id) }
        guard let usuario, reach.sees(usuario) else { throw APIError.notFound }
        return usuario
    }

    func list(_ filter: UsuarioFilter, page: PageRequest) async throws -> Page<UsuarioBody> {
        let rows = try await centre.database.read { try UsuarioStore($0).list(filter, page: page) }
        return Page(rows, for: page, cursor: { PageCursor($0.email) }, item: { UsuarioBody($0) })
    }

    /// - Throws: `APIError` 403, 409, 422, 503.
    func create(_ draft: UsuarioDraft) async throws -> UsuarioBody {
        let draft = try draft.checked(within: reach)
        guard reach.roles.contains(draft.role) else { throw APIError.forbidden }
        if let password = draft.password {
            try PasswordRules.check(password, role: draft.role, email: draft.email, field: "password")
        }
        let temporary = draft.password == nil ? PasswordRules.temporary() : nil
        guard let password = draft.password ?? temporary else { throw APIError.internalError }
        let hash = try await centre.passwordHasher.hash(password)
        let now = centre.wallClock.now
        let usuario = Usuario(
            id: RecordID.random("usr"),
            email: draft.email,
            name: draft.name,
            role: draft.role,
            empresaID: draft.empresaID,
            routerIDs: draft.routerIDs,
            // Whoever made the account knows the password.
            mustChangePassword: true,
            passwordExpiresAt: now + Self.temporaryPasswordLifetime,
            hasSecondFactor: false,
            isDisabled: draft.isDisabled ?? false,
            version: 1,
            createdAt: now,
            updatedAt: now
        )
        try await write { session in
            let store = UsuarioStore(session)
            try Self.checkReferences(of: usuario, in: store)
            try store.insert(usuario, passwordHash: hash)
            try audit("usuario.create", before: nil, after: usuario, in: session)
        }
        return UsuarioBody(usuario, temporaryPassword: temporary)
    }

    /// - Throws: `APIError` 403, 404, 409, 412, 422.
    func update(_ id: String, to draft: UsuarioDraft, ifMatch: IfMatch) async throws -> Usuario {
        let draft = try draft.checked(within: reach)
        guard let isDisabled = draft.isDisabled else { throw APIError.invalidField("is_disabled", "es obligatorio") }
        let now = centre.wallClock.now
        return try await write { session in
            let store = UsuarioStore(session)
            let current = try changeable(id, in: store)
            try ifMatch.check(current.version)
            guard reach.roles.contains(draft.role) else { throw APIError.forbidden }
            var usuario = current
            usuario.email = draft.email
            usuario.name = draft.name
            usuario.role = draft.role
            usuario.empresaID = draft.empresaID
            usuario.routerIDs = draft.routerIDs
            usuario.isDisabled = isDisabled
            usuario.hasPIN = current.hasPIN && draft.role == .cajero
            usuario.version += 1
            usuario.updatedAt = now
            try Self.checkReferences(of: usuario, in: store)
            try checkSomebodyRemains(current, usuario, in: store)
            try store.update(usuario)
            if current.hasPIN { try Self.tellBoxes(of: [current, usuario], at: now, in: session) }
            if isDisabled { try SessionStore(session).revokeAll(of: id, except: nil, now: now) }
            try audit("usuario.update", before: current, after: usuario, in: session)
            return usuario
        }
    }

    /// A new temporary password for somebody who forgot theirs; their sessions end.
    ///
    /// - Throws: `APIError` 403, 404, 503.
    func resetPassword(of id: String) async throws -> UsuarioBody {
        let temporary = PasswordRules.temporary()
        let hash = try await centre.passwordHasher.hash(temporary)
        let now = centre.wallClock.now
        let usuario = try await write { session in
            let current = try changeable(id, in: UsuarioStore(session))
            let change = PasswordChange(
                hash: hash,
                mustChange: true,
                expiresAt: now + Self.temporaryPasswordLifetime,
                at: now
            )
            try CredentialStore(session).setPassword(of: id, to: change)
            try SessionStore(session).revokeAll(of: id, except: nil, now: now)
            return try audited("usuario.password_reset", before: current, in: session)
        }
        return UsuarioBody(usuario, temporaryPassword: temporary)
    }

    /// For somebody who lost both their phone and their recovery codes.
    ///
    /// - Throws: `APIError` 403, 404.
    func resetSecondFactor(of id: String) async throws -> Usuario {
        let now = centre.wallClock.now
        return try await write { session in
            let current = try changeable(id, in: UsuarioStore(session))
            try CredentialStore(session).removeSecondFactor(of: id, at: now)
            return try audited("usuario.second_factor_reset", before: current, in: session)
        }
    }

    // MARK: Parts

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        do {
            return try await centre.database.write(body)
        } catch CentralDatabaseError.duplicate {
            throw APIError.emailTaken
        }
    }

    func changeable(_ id: String, in store: UsuarioStore) throws -> Usuario {
        guard let usuario = try store.find(id), reach.sees(usuario) else { throw APIError.notFound }
        guard reach.roles.contains(usuario.role) else { throw APIError.forbidden }
        return usuario
    }

    private static func checkReferences(of usuario: Usuario, in store: UsuarioStore) throws {
        guard let empresaID = usuario.empresaID else { return }
        guard try store.isEmpresa(empresaID) else { throw APIError.invalidField("empresa_id", "no existe") }
        try RouterStore(store.session).check(usuario.routerIDs, of: empresaID)
    }

    private func checkSomebodyRemains(_ old: Usuario, _ new: Usuario, in store: UsuarioStore) throws {
        let loses = new.isDisabled != old.isDisabled || new.role != old.role
        guard !loses || old.id != principal.usuarioID else { throw APIError.ownAccount }
        let wasActive = old.role == .superAdmin && !old.isDisabled
        let isActive = new.role == .superAdmin && !new.isDisabled
        if wasActive, !isActive, try store.activeSuperAdminCount() < 2 { throw APIError.lastSuperAdmin }
    }

    func audited(_ action: String, before: Usuario, in session: any SQLSession) throws -> Usuario {
        guard let after = try UsuarioStore(session).find(before.id) else { throw APIError.notFound }
        try audit(action, before: before, after: after, in: session)
        return after
    }

    private func audit(_ action: String, before: Usuario?, after: Usuario, in session: any SQLSession) throws {
        let change = try AuditedChange(
            by: principal.actor,
            at: after.updatedAt,
            action: action,
            empresaID: after.empresaID,
            subject: after.id,
            before: before.map { UsuarioBody($0) },
            after: UsuarioBody(after)
        )
        try Audit.append(change, in: session)
    }
}
