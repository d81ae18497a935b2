/// What keeps one kind of token from being taken for another, beside its own secret (RFC 8725 §3.11–3.12).
struct TokenKind: Sendable {
    /// The header's `typ`.
    let type: String
    let issuer: String
    let audience: String

    /// People who are signed in.
    static let session = TokenKind(type: "fichas-session+jwt", issuer: "fichas-central", audience: "fichas-admin")
    /// Portals, after `jwt_`: identifies a router, authorises nothing but buying at it.
    static let apiKey = TokenKind(type: "fichas-portal+jwt", issuer: "fichas-central-keys", audience: "fichas-portal")
}
