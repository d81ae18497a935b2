import Shared

/// The keys that portals show in `X-API-Key`: they name a router and authorise nothing but buying at it. Boxes know them by
/// their digest, and never hold the secret they are signed with.
struct PortalKeys: Sendable {
    static let lifetime = Duration.seconds(365 * 86_400)

    private let signer: TokenSigner

    /// - Parameter secret: `JWT_APIKEY_SECRET`.
    init(secret: Secret<String>) {
        signer = TokenSigner(kind: .apiKey, secret: secret)
    }

    /// A new key. Its text is kept nowhere.
    ///
    /// - Throws: What encoding throws.
    func issue(for routerID: String, of empresaID: String, now: Timestamp) throws -> (key: RouterKey, text: String) {
        let claims = TokenClaims(
            subject: routerID,
            id: RecordID.random("key"),
            issuedAt: now,
            expiresAt: now + Self.lifetime,
            extra: ["empresa": empresaID]
        )
        let text = "jwt_" + (try signer.sign(claims).reveal())
        let key = RouterKey(
            id: claims.id,
            sha256: SHA256Digest(of: text),
            issuedAt: now,
            expiresAt: claims.expiresAt,
            revokedAt: nil
        )
        return (key, text)
    }
}
