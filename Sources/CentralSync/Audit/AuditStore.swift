/// Reading the audit log, within one transaction. Writing is ``Audit/append(_:in:)`` alone.
struct AuditStore {
    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    /// The newest first, from before the cursor on.
    func list(_ filter: AuditFilter, page: PageRequest) throws -> [AuditRecord] {
        let rows = try session.query(
            """
            SELECT * FROM audit
            WHERE seq < $1 AND ($2 = '' OR empresa_id = $2) AND ($3 = '' OR actor_id = $3) AND ($4 = '' OR action = $4)
            ORDER BY seq DESC LIMIT $5
            """,
            [
                .integer(try page.after?.integer(0) ?? .max), .text(filter.empresaID ?? ""),
                .text(filter.actorID ?? ""), .text(filter.action ?? ""), page.fetchLimit,
            ]
        )
        return try rows.map(AuditRecord.init)
    }

    /// In order, after a row.
    func records(after seq: Int64, limit: Int64) throws -> [AuditRecord] {
        let sql = "SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2"
        return try session.query(sql, [.integer(seq), .integer(limit)]).map(AuditRecord.init)
    }

    /// How many rows were ever written.
    func count() throws -> Int64 {
        try session.first("SELECT value FROM counter WHERE name = 'audit'")?.integer("value") ?? 0
    }
}
