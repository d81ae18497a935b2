import Logging
import ServerKit
import Shared

/// Lets people in.
struct LoginDesk: Sendable {
    let centre: Centre
    let loginGuard: LoginGuard

    /// - Throws: `APIError` 401, 403, 429, 503.
    func login(_ body: LoginBody, from address: String) async throws -> SessionBody {
        let email = EmailAddress.normalised(body.email) ?? ""
        try loginGuard.admitRequest(from: address)
        try loginGuard.admitGuess(email, from: address)
        let found = try await centre.database.read { try CredentialStore($0).find(email: email) }
        let verdict = try await centre.passwordHasher.verify(body.password, against: found?.passwordHash)
        guard let credentials = found, case .right(let isOutdated) = verdict else {
            loginGuard.recordFailure(email, from: address)
            throw APIError.loginFailed
        }
        try admit(credentials)
        let factor = SecondFactor(code: body.code, recoveryCode: body.recoveryCode)
        if credentials.hasSecondFactor, factor == nil { throw APIError.secondFactorRequired }
        let newHash = isOutdated ? try await centre.passwordHasher.hash(body.password) : nil
        let entry = Entry(credentials: credentials, factor: factor, newHash: newHash, address: address)
        guard let answer = try await open(entry) else {
            loginGuard.recordFailure(email, from: address)
            throw APIError.secondFactorFailed
        }
        return answer
    }

    /// - Throws: `APIError` 401, 429.
    func renew(_ token: Secret<String>, from address: String) async throws -> SessionBody {
        try loginGuard.admitRequest(from: address)
        let (now, next) = (centre.wallClock.now, RefreshToken.random())
        let outcome = try await centre.database.write { session in
            let outcome = try SessionStore(session).renew(RefreshToken(text: token), with: next, now: now)
            if case .reused(let claims) = outcome {
                let change = try AuditedChange(
                    by: AuditActor(id: claims.usuarioID, email: "", address: address),
                    at: now,
                    action: "auth.refresh_reused",
                    empresaID: nil,
                    subject: claims.sessionID
                )
                try Audit.append(change, in: session)
            }
            return outcome
        }
        switch outcome {
        case .renewed(let claims, let next):
            return SessionBody(accessToken: try centre.sessionTokens.issue(claims, now: now), refreshToken: next)
        case .refused:
            throw APIError.refreshInvalid
        case .reused(let claims):
            centre.logger.warning("A refresh token was used twice", metadata: ["usuario_id": "\(claims.usuarioID)"])
            throw APIError.refreshInvalid
        }
    }

    private struct Entry: Sendable {
        let credentials: Credentials
        let factor: SecondFactor?
        let newHash: PasswordHash?
        let address: String
    }

    /// After the right password only: to others all accounts look alike.
    private func admit(_ credentials: Credentials) throws(APIError) {
        guard !credentials.isDisabled else { throw .accountDisabled }
        guard credentials.passwordExpiresAt.map({ $0 > centre.wallClock.now }) ?? true else { throw .passwordExpired }
    }

    /// Nil when the second factor is wrong.
    private func open(_ entry: Entry) async throws -> SessionBody? {
        let (now, check, token) = (
            centre.wallClock.now, SecondFactorCheck(sealer: centre.sealer), RefreshToken.random()
        )
        let opened = try await centre.database.write { session -> (SessionClaims, Usuario)? in
            let id = entry.credentials.usuarioID
            let credentials = CredentialStore(session)
            // Hashing took a while: what was true before it must still be.
            guard let current = try credentials.find(usuarioID: id), !current.isDisabled,
                current.passwordHash == entry.credentials.passwordHash, let usuario = try UsuarioStore(session).find(id)
            else { throw APIError.loginFailed }
            if current.hasSecondFactor {
                guard let factor = entry.factor else { throw APIError.secondFactorRequired }
                guard try check.spend(factor, of: current, now: now, in: session) else { return nil }
            }
            if let newHash = entry.newHash { try credentials.replaceHash(of: id, with: newHash) }
            let claims = try SessionStore(session).open(for: id, token: token, now: now)
            let change = try AuditedChange(
                by: AuditActor(id: id, email: current.email, address: entry.address),
                at: now,
                action: "auth.login",
                empresaID: current.empresaID,
                subject: claims.sessionID
            )
            try Audit.append(change, in: session)
            return (claims, usuario)
        }
        guard let (claims, usuario) = opened else { return nil }
        let access = try centre.sessionTokens.issue(claims, now: now)
        return SessionBody(accessToken: access, refreshToken: token, usuario: usuario)
    }
}
