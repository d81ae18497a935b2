import Shared

/// The resellers in the database, within one transaction.
struct ResellerStore {
    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    func find(_ id: String, of empresaID: String) throws -> Reseller? {
        try session.first(
            "SELECT * FROM reseller WHERE empresa_id = $1 AND reseller_id = $2",
            [.text(empresaID), .text(id)]
        ).map(reseller)
    }

    /// By name, from after the cursor on.
    func list(of empresaID: String, _ filter: ResellerFilter, page: PageRequest) throws -> [Reseller] {
        try session.query(
            """
            SELECT * FROM reseller
            WHERE empresa_id = $1 AND (name > $2 OR (name = $2 AND reseller_id > $3)) AND ($4 = -1 OR is_active = $4)
            ORDER BY name, reseller_id LIMIT $5
            """,
            [
                .text(empresaID), .text(try page.after?.text(0) ?? ""), .text(try page.after?.text(1) ?? ""),
                filter.isActive.map(SQLValue.init) ?? -1, page.fetchLimit,
            ]
        ).map(reseller)
    }

    func count(of empresaID: String) throws -> Int64 {
        try session.first("SELECT COUNT(*) AS number FROM reseller WHERE empresa_id = $1", [.text(empresaID)])?
            .integer("number") ?? 0
    }

    func insert(_ reseller: Reseller) throws {
        try session.execute(
            """
            INSERT INTO reseller (empresa_id, reseller_id, name, contact, commission_bp, is_active, version,
                created_at_ms, updated_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
            """,
            values(of: reseller) + [.integer(reseller.version), .integer(reseller.createdAt.milliseconds)]
        )
        try insertRouters(of: reseller)
    }

    /// Writes what a person changes; the version is the caller's to raise.
    func update(_ reseller: Reseller) throws {
        try session.execute(
            """
            UPDATE reseller SET name = $3, contact = $4, commission_bp = $5, is_active = $6, version = $7,
                updated_at_ms = $8
            WHERE empresa_id = $1 AND reseller_id = $2
            """,
            values(of: reseller) + [.integer(reseller.version), .integer(reseller.updatedAt.milliseconds)]
        )
        try session.execute(
            "DELETE FROM reseller_router WHERE empresa_id = $1 AND reseller_id = $2",
            [.text(reseller.empresaID), .text(reseller.id)]
        )
        try insertRouters(of: reseller)
    }

    // MARK: Rows

    private func values(of reseller: Reseller) -> [SQLValue] {
        [
            .text(reseller.empresaID), .text(reseller.id), .text(reseller.name), SQLValue(reseller.contact),
            .integer(reseller.commissionBasisPoints), SQLValue(reseller.isActive),
        ]
    }

    private func insertRouters(of reseller: Reseller) throws {
        for routerID in reseller.routerIDs {
            try session.execute(
                "INSERT INTO reseller_router (empresa_id, reseller_id, router_id) VALUES ($1, $2, $3)",
                [.text(reseller.empresaID), .text(reseller.id), .text(routerID)]
            )
        }
    }

    private func reseller(_ row: SQLRow) throws -> Reseller {
        let (id, empresaID) = (try row.text("reseller_id"), try row.text("empresa_id"))
        let routers = try session.query(
            "SELECT router_id FROM reseller_router WHERE empresa_id = $1 AND reseller_id = $2 ORDER BY router_id",
            [.text(empresaID), .text(id)]
        )
        return Reseller(
            id: id,
            empresaID: empresaID,
            name: try row.text("name"),
            contact: try row.optionalText("contact"),
            commissionBasisPoints: try row.integer("commission_bp"),
            routerIDs: try routers.map { try $0.text("router_id") },
            isActive: try row.bool("is_active"),
            version: try row.integer("version"),
            createdAt: Timestamp(milliseconds: try row.integer("created_at_ms")),
            updatedAt: Timestamp(milliseconds: try row.integer("updated_at_ms"))
        )
    }
}
