import HTTPTypes
import Hummingbird
import ServerKit
import Shared

/// Signing in and out, and one's own account.
struct AuthController: Sendable {
    let centre: Centre
    let desk: LoginDesk
    let confirmation: PasswordConfirmation

    func addRoutes(to router: AccessRouter) {
        router.post("/auth/login", .open) { request, context, _ in
            let body = try await request.decodeJSON(LoginBody.self)
            return try JSONAnswer(try await desk.login(body, from: context.peerAddress ?? "")).response()
        }
        router.post("/auth/refresh", .open) { request, context, _ in
            let body = try await request.decodeJSON(RefreshBody.self)
            return try JSONAnswer(try await desk.renew(body.token, from: context.peerAddress ?? "")).response()
        }
        router.post("/auth/logout", .signedIn) { _, _, principal in
            try await logout(principal)
            return Response(status: .noContent)
        }
        router.get("/auth/me", .signedIn) { _, _, principal in
            let usuario = try await centre.database.read { try UsuarioStore($0).find(principal.usuarioID) }
            guard let usuario else { throw APIError.sessionEnded }
            return try JSONAnswer(UsuarioBody(usuario)).response(headers: usuario.tag.fields)
        }
        router.post("/auth/password", .signedIn) { request, _, principal in
            try await changePassword(try await request.decodeJSON(PasswordBody.self), of: principal)
            return Response(status: .noContent)
        }
        router.put("/auth/pin", .roles(.cajero)) { request, _, principal in
            try await changePIN(try await request.decodeJSON(PINBody.self), of: principal)
            return Response(status: .noContent)
        }
    }

    private struct PINBody: Decodable {
        let password: Secret<String>
        let draft: PINDraft

        enum CodingKeys: String, CodingKey {
            case password = "current_password"
        }

        init(from decoder: any Decoder) throws {
            password = try decoder.container(keyedBy: CodingKeys.self).decode(Secret<String>.self, forKey: .password)
            draft = try PINDraft(from: decoder)
        }
    }

    private struct RefreshBody: Decodable {
        let token: Secret<String>

        enum CodingKeys: String, CodingKey {
            case token = "refresh_token"
        }
    }

    private struct PasswordBody: Decodable {
        let current: Secret<String>
        let new: Secret<String>

        enum CodingKeys: String, CodingKey {
            case current = "current_password"
            case new = "new_password"
        }
    }

    private func logout(_ principal: Principal) async throws {
        let now = centre.wallClock.now
        try await centre.database.write { session in
            try SessionStore(session).revoke(principal.sessionID, now: now)
            try Audit.append(try change("auth.logout", by: principal, at: now), in: session)
        }
    }

    /// The person's other sessions end: one of them may be why the password is changed.
    private func changePassword(_ body: PasswordBody, of principal: Principal) async throws {
        let credentials = try await confirmation.confirm(body.current, of: principal)
        let field = PasswordBody.CodingKeys.new.rawValue
        guard body.new != body.current else { throw APIError.invalidField(field, "debe ser otra que la actual") }
        try PasswordRules.check(body.new, role: credentials.role, email: credentials.email, field: field)
        let hash = try await centre.passwordHasher.hash(body.new)
        let now = centre.wallClock.now
        try await centre.database.write { session in
            let store = CredentialStore(session)
            guard try store.find(usuarioID: principal.usuarioID)?.passwordHash == credentials.passwordHash else {
                throw APIError.wrongPassword
            }
            let change = PasswordChange(hash: hash, mustChange: false, expiresAt: nil, at: now)
            try store.setPassword(of: principal.usuarioID, to: change)
            try SessionStore(session).revokeAll(of: principal.usuarioID, except: principal.sessionID, now: now)
            try Audit.append(try self.change("auth.password", by: principal, at: now), in: session)
        }
    }

    /// A cajero's own, for the counters they sell at.
    private func changePIN(_ body: PINBody, of principal: Principal) async throws {
        _ = try await confirmation.confirm(body.password, of: principal)
        let reach = UsuarioReach(empresaID: principal.empresaID, roles: [.cajero])
        let desk = UsuarioDesk(centre: centre, principal: principal, reach: reach)
        _ = try await desk.setPIN(of: principal.usuarioID, to: body.draft)
    }

    private func change(_ action: String, by principal: Principal, at now: Timestamp) throws -> AuditedChange {
        try AuditedChange(
            by: principal.actor,
            at: now,
            action: action,
            empresaID: principal.empresaID,
            subject: principal.usuarioID
        )
    }
}
