import Shared

/// What a token says.
struct TokenClaims: Sendable, Equatable {
    /// Whom it is about: `sub`.
    let subject: String
    /// Its own name, `jti`: what is revoked.
    let id: String
    let issuedAt: Timestamp
    let expiresAt: Timestamp
    /// Further members that are texts; none of the registered names.
    var extra: [String: String] = [:]
}
