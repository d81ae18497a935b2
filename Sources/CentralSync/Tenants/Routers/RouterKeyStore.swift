import Shared

/// The API keys of routers, within one transaction.
struct RouterKeyStore {
    /// So many may work at a time: the boxes look at all of them.
    static let maximumLive = 10

    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    func insert(_ key: RouterKey, of router: SiteRouter) throws {
        try session.execute(
            """
            INSERT INTO api_key (empresa_id, key_id, router_id, sha256, issued_at_ms, expires_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .text(router.empresaID), .text(key.id), .text(router.id), .bytes(key.sha256.bytes),
                .integer(key.issuedAt.milliseconds), .integer(key.expiresAt.milliseconds),
            ]
        )
    }

    /// Those of a router that work now, the oldest first.
    func live(of router: SiteRouter, at now: Timestamp) throws -> [RouterKey] {
        try session.query(
            """
            SELECT * FROM api_key
            WHERE empresa_id = $1 AND router_id = $2 AND expires_at_ms > $3
                AND (revoked_at_ms IS NULL OR revoked_at_ms > $3)
            ORDER BY issued_at_ms, key_id
            """,
            [.text(router.empresaID), .text(router.id), .integer(now.milliseconds)]
        ).map(Self.key)
    }

    /// Ends a router's keys then, unless they end before.
    ///
    /// - Parameter keyID: Only this one; nil for all.
    /// - Returns: How many end sooner than they did.
    func end(_ keyID: String?, of router: SiteRouter, at end: Timestamp) throws -> Int {
        try session.execute(
            """
            UPDATE api_key SET revoked_at_ms = $3
            WHERE empresa_id = $1 AND router_id = $2 AND ($4 = '' OR key_id = $4) AND expires_at_ms > $3
                AND (revoked_at_ms IS NULL OR revoked_at_ms > $3)
            """,
            [.text(router.empresaID), .text(router.id), .integer(end.milliseconds), .text(keyID ?? "")]
        )
    }

    private static func key(_ row: SQLRow) throws -> RouterKey {
        guard let sha256 = SHA256Digest(bytes: try row.bytes("sha256")) else { throw SQLRow.Mismatch(column: "sha256") }
        return RouterKey(
            id: try row.text("key_id"),
            sha256: sha256,
            issuedAt: Timestamp(milliseconds: try row.integer("issued_at_ms")),
            expiresAt: Timestamp(milliseconds: try row.integer("expires_at_ms")),
            revokedAt: try row.optionalInteger("revoked_at_ms").map(Timestamp.init(milliseconds:))
        )
    }
}
