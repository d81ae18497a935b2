import Shared

/// The tokens that people's requests carry. They live shortly; a refresh token gets the next one.
struct SessionTokens: Sendable {
    static let lifetime = Duration.seconds(600)

    private let signer: TokenSigner

    /// - Parameter secret: `JWT_SESSION_SECRET`.
    init(secret: Secret<String>) {
        signer = TokenSigner(kind: .session, secret: secret)
    }

    /// - Throws: What encoding throws.
    func issue(_ claims: SessionClaims, now: Timestamp) throws -> Secret<String> {
        try signer.sign(
            TokenClaims(
                subject: claims.usuarioID,
                id: RecordID.random("tok"),
                issuedAt: now,
                expiresAt: now + Self.lifetime,
                extra: ["sid": claims.sessionID]
            )
        )
    }

    func verify(_ token: String, now: Timestamp) throws(TokenError) -> SessionClaims {
        let claims = try signer.verify(token, now: now)
        guard let sessionID = claims.extra["sid"] else { throw .foreign }
        return SessionClaims(usuarioID: claims.subject, sessionID: sessionID)
    }
}
