import ServerKit
import Shared

/// Asks somebody who is signed in for their password again, before what a thief of the session must not do.
struct PasswordConfirmation: Sendable {
    let centre: Centre
    let loginGuard: LoginGuard

    /// - Throws: `APIError` 422 for a wrong password, 429, 503.
    func confirm(_ password: Secret<String>, of principal: Principal) async throws -> Credentials {
        try admit(principal)
        let credentials = try await centre.database.read { session in
            try CredentialStore(session).find(usuarioID: principal.usuarioID)
        }
        let verdict = try await centre.passwordHasher.verify(password, against: credentials?.passwordHash)
        guard let credentials, verdict != .wrong else {
            recordFailure(of: principal)
            throw APIError.wrongPassword
        }
        return credentials
    }

    /// - Throws: `APIError` 429.
    func admit(_ principal: Principal) throws(APIError) {
        try loginGuard.admitGuess(principal.email, from: principal.address)
    }

    func recordFailure(of principal: Principal) {
        loginGuard.recordFailure(principal.email, from: principal.address)
    }
}
