import Shared

/// An API key of a router, without its text.
struct RouterKey: Sendable, Equatable {
    let id: String
    /// Of the whole text, `jwt_` included.
    let sha256: SHA256Digest
    let issuedAt: Timestamp
    let expiresAt: Timestamp
    /// When it stops working before it expires; may lie ahead, while portals change to the next one.
    var revokedAt: Timestamp?

    /// When it stops working.
    var endsAt: Timestamp { min(expiresAt, revokedAt ?? expiresAt) }
}
