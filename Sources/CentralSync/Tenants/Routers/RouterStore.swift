import ServerKit
import Shared

/// Routers in the database, within one transaction.
struct RouterStore {
    private static let columns = """
        router_id, empresa_id, site_id, name, api_host, api_port, api_username, certificate_sha256, hotspot_server,
        is_active, version, created_at_ms, updated_at_ms
        """

    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    func find(_ id: String, of empresaID: String) throws -> SiteRouter? {
        let sql = "SELECT \(Self.columns) FROM router WHERE empresa_id = $1 AND router_id = $2"
        return try session.first(sql, [.text(empresaID), .text(id)]).map(Self.router)
    }

    /// By name, from after the cursor on.
    ///
    /// - Parameter siteID: Only of this site; nil for all.
    func list(of empresaID: String, siteID: String?, page: PageRequest) throws -> [SiteRouter] {
        let rows = try session.query(
            """
            SELECT \(Self.columns) FROM router
            WHERE empresa_id = $1 AND (name > $2 OR (name = $2 AND router_id > $3)) AND ($4 = '' OR site_id = $4)
            ORDER BY name, router_id LIMIT $5
            """,
            [
                .text(empresaID), .text(try page.after?.text(0) ?? ""), .text(try page.after?.text(1) ?? ""),
                .text(siteID ?? ""), page.fetchLimit,
            ]
        )
        return try rows.map(Self.router)
    }

    func insert(_ router: SiteRouter, sealedPassword: Sealed) throws {
        try session.execute(
            """
            INSERT INTO router (empresa_id, router_id, site_id, name, api_host, api_port, api_username,
                api_password_sealed, certificate_sha256, hotspot_server, is_active, version, created_at_ms,
                updated_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
            """,
            [
                .text(router.empresaID), .text(router.id), .text(router.siteID), .text(router.name),
                .text(router.host), .integer(Int64(router.port)), .text(router.username),
                .bytes(sealedPassword.bytes), SQLValue(router.certificate?.bytes), SQLValue(router.hotspotServer),
                SQLValue(router.isActive), .integer(router.version), .integer(router.createdAt.milliseconds),
            ]
        )
    }

    /// Writes all but the password; the version is the caller's to raise.
    func update(_ router: SiteRouter) throws {
        try session.execute(
            """
            UPDATE router SET name = $3, api_host = $4, api_port = $5, api_username = $6, certificate_sha256 = $7,
                hotspot_server = $8, is_active = $9, version = $10, updated_at_ms = $11
            WHERE empresa_id = $1 AND router_id = $2
            """,
            [
                .text(router.empresaID), .text(router.id), .text(router.name), .text(router.host),
                .integer(Int64(router.port)), .text(router.username), SQLValue(router.certificate?.bytes),
                SQLValue(router.hotspotServer), SQLValue(router.isActive), .integer(router.version),
                .integer(router.updatedAt.milliseconds),
            ]
        )
    }

    func setPassword(of router: SiteRouter, to sealed: Sealed) throws {
        try session.execute(
            "UPDATE router SET api_password_sealed = $3 WHERE empresa_id = $1 AND router_id = $2",
            [.text(router.empresaID), .text(router.id), .bytes(sealed.bytes)]
        )
    }

    /// - Throws: `APIError` 422 for `router_ids` that name a router the empresa does not have.
    func check(_ routerIDs: [String], of empresaID: String) throws {
        for id in routerIDs {
            let sql = "SELECT router_id FROM router WHERE empresa_id = $1 AND router_id = $2"
            guard try session.first(sql, [.text(empresaID), .text(id)]) != nil else {
                throw APIError.invalidField("router_ids", "nombra un router que no existe")
            }
        }
    }

    private static func router(_ row: SQLRow) throws -> SiteRouter {
        SiteRouter(
            id: try row.text("router_id"),
            empresaID: try row.text("empresa_id"),
            siteID: try row.text("site_id"),
            name: try row.text("name"),
            host: try row.text("api_host"),
            port: Int(try row.integer("api_port")),
            username: try row.text("api_username"),
            certificate: try row.optionalBytes("certificate_sha256").flatMap(SHA256Digest.init(bytes:)),
            hotspotServer: try row.optionalText("hotspot_server"),
            isActive: try row.bool("is_active"),
            version: try row.integer("version"),
            createdAt: Timestamp(milliseconds: try row.integer("created_at_ms")),
            updatedAt: Timestamp(milliseconds: try row.integer("updated_at_ms"))
        )
    }
}
