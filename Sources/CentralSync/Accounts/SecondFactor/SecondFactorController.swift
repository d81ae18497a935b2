import HTTPTypes
import Hummingbird
import ServerKit
import Shared

/// The codes of an authenticator application as a second factor of one's own login.
struct SecondFactorController: Sendable {
    let centre: Centre
    let confirmation: PasswordConfirmation

    func addRoutes(to router: AccessRouter) {
        router.post("/auth/totp", .anyRole) { request, _, principal in
            let body = try await request.decodeJSON(PasswordBody.self)
            return try JSONAnswer(try await offer(body, to: principal)).response()
        }
        router.post("/auth/totp/confirm", .anyRole) { request, _, principal in
            let body = try await request.decodeJSON(CodeBody.self)
            return try JSONAnswer(try await confirm(body.code, of: principal)).response()
        }
        router.post("/auth/totp/disable", .anyRole) { request, _, principal in
            let body = try await request.decodeJSON(PasswordBody.self)
            try await disable(body, of: principal)
            return Response(status: .noContent)
        }
    }

    private struct PasswordBody: Decodable {
        let password: Secret<String>
        let code: String?
        let recoveryCode: String?

        enum CodingKeys: String, CodingKey {
            case password, code
            case recoveryCode = "recovery_code"
        }
    }

    private struct CodeBody: Decodable {
        let code: String
    }

    private struct OfferBody: Encodable {
        let secret: String
        let uri: String
    }

    private struct RecoveryBody: Encodable {
        let codes: [String]

        enum CodingKeys: String, CodingKey {
            case codes = "recovery_codes"
        }
    }

    /// A new secret, in force only once a code of it came back.
    private func offer(_ body: PasswordBody, to principal: Principal) async throws -> OfferBody {
        let credentials = try await confirmation.confirm(body.password, of: principal)
        guard !credentials.hasSecondFactor else { throw APIError.secondFactorIsOn }
        let totp = TOTP.random()
        let sealed = try centre.sealer.seal(totp.secret, for: SecondFactorCheck.place(of: principal.usuarioID))
        try await centre.database.write { session in
            try CredentialStore(session).offerSecondFactor(sealed, to: principal.usuarioID)
        }
        return OfferBody(
            secret: Base32.encode(totp.secret.reveal()),
            uri: totp.address(email: principal.email).reveal()
        )
    }

    private func confirm(_ code: String, of principal: Principal) async throws -> RecoveryBody {
        let (now, check) = (centre.wallClock.now, SecondFactorCheck(sealer: centre.sealer))
        try confirmation.admit(principal)
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.random() }
        let isConfirmed = try await centre.database.write { session in
            let store = CredentialStore(session)
            guard let credentials = try store.find(usuarioID: principal.usuarioID), credentials.sealedSecret != nil
            else {
                throw APIError.secondFactorIsOff
            }
            guard !credentials.hasSecondFactor else { throw APIError.secondFactorIsOn }
            guard try check.spend(.code(code), of: credentials, now: now, in: session) else { return false }
            try store.turnSecondFactorOn(for: principal.usuarioID, recoveryCodes: codes.map(\.digest), at: now)
            try Audit.append(try change("auth.second_factor_on", by: principal, at: now), in: session)
            return true
        }
        guard isConfirmed else {
            confirmation.recordFailure(of: principal)
            throw APIError.secondFactorRefused
        }
        return RecoveryBody(codes: codes.map { $0.text.reveal() })
    }

    private func disable(_ body: PasswordBody, of principal: Principal) async throws {
        let credentials = try await confirmation.confirm(body.password, of: principal)
        guard credentials.hasSecondFactor else { throw APIError.secondFactorIsOff }
        guard let factor = SecondFactor(code: body.code, recoveryCode: body.recoveryCode) else {
            throw APIError.invalidField("code", "es obligatorio")
        }
        let (now, check) = (centre.wallClock.now, SecondFactorCheck(sealer: centre.sealer))
        let isDone = try await centre.database.write { session in
            guard try check.spend(factor, of: credentials, now: now, in: session) else { return false }
            try CredentialStore(session).removeSecondFactor(of: principal.usuarioID, at: now)
            try Audit.append(try change("auth.second_factor_off", by: principal, at: now), in: session)
            return true
        }
        guard isDone else {
            confirmation.recordFailure(of: principal)
            throw APIError.secondFactorRefused
        }
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
