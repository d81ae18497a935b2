import FoundationEssentials
import Shared

/// Sites in the database, within one transaction.
struct SiteStore {
    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    func find(_ id: String, of empresaID: String) throws -> Site? {
        let sql = "SELECT * FROM site WHERE empresa_id = $1 AND site_id = $2"
        return try session.first(sql, [.text(empresaID), .text(id)]).map(Self.site)
    }

    /// By name, from after the cursor on.
    func list(of empresaID: String, page: PageRequest) throws -> [Site] {
        let rows = try session.query(
            """
            SELECT * FROM site
            WHERE empresa_id = $1 AND (name > $2 OR (name = $2 AND site_id > $3))
            ORDER BY name, site_id LIMIT $4
            """,
            [
                .text(empresaID), .text(try page.after?.text(0) ?? ""), .text(try page.after?.text(1) ?? ""),
                page.fetchLimit,
            ]
        )
        return try rows.map(Self.site)
    }

    func insert(_ site: Site) throws {
        try session.execute(
            """
            INSERT INTO site (empresa_id, site_id, name, time_zone, snapshot_version, version, created_at_ms,
                updated_at_ms, wifi_name, printers)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
            """,
            [
                .text(site.empresaID), .text(site.id), .text(site.name), .text(site.timeZone),
                .integer(site.snapshotVersion), .integer(site.version), .integer(site.createdAt.milliseconds),
                SQLValue(site.wifiName), try Self.value(site.printers),
            ]
        )
    }

    /// Writes what a person changes; the version is the caller's to raise.
    func update(_ site: Site) throws {
        try session.execute(
            """
            UPDATE site SET name = $3, time_zone = $4, version = $5, updated_at_ms = $6, wifi_name = $7,
                printers = $8
            WHERE empresa_id = $1 AND site_id = $2
            """,
            [
                .text(site.empresaID), .text(site.id), .text(site.name), .text(site.timeZone), .integer(site.version),
                .integer(site.updatedAt.milliseconds), SQLValue(site.wifiName), try Self.value(site.printers),
            ]
        )
    }

    private static func site(_ row: SQLRow) throws -> Site {
        Site(
            id: try row.text("site_id"),
            empresaID: try row.text("empresa_id"),
            name: try row.text("name"),
            timeZone: try row.text("time_zone"),
            wifiName: try row.optionalText("wifi_name"),
            printers: try row.optionalText("printers").map { text in
                try JSONDecoder().decode([SiteSnapshot.Printer].self, from: Data(text.utf8))
            } ?? [],
            snapshotVersion: try row.integer("snapshot_version"),
            version: try row.integer("version"),
            createdAt: Timestamp(milliseconds: try row.integer("created_at_ms")),
            updatedAt: Timestamp(milliseconds: try row.integer("updated_at_ms"))
        )
    }

    /// As JSON; nothing where there are none.
    private static func value(_ printers: [SiteSnapshot.Printer]) throws -> SQLValue {
        guard !printers.isEmpty else { return .null }
        return .text(String(decoding: try JSONEncoder().encode(printers), as: UTF8.self))
    }
}
