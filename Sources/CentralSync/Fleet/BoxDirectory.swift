import Shared

/// How the boxes stand, within one transaction.
struct BoxDirectory {
    private static let query = """
        SELECT box.*, site.name AS site_name, site.snapshot_version, box_epoch.acked_seq,
            (SELECT COUNT(*) FROM fork
                WHERE fork.empresa_id = box.empresa_id AND fork.box_id = box.box_id) AS fork_count,
            (SELECT COUNT(*) FROM quarantine
                WHERE quarantine.empresa_id = box.empresa_id AND quarantine.box_id = box.box_id) AS quarantine_count
        FROM box
        JOIN site ON site.empresa_id = box.empresa_id AND site.site_id = box.site_id
        JOIN box_epoch ON box_epoch.empresa_id = box.empresa_id AND box_epoch.box_id = box.box_id
            AND box_epoch.epoch = box.last_epoch
        """

    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    func find(_ id: String, of empresaID: String) throws -> BoxState? {
        let sql = Self.query + " WHERE box.empresa_id = $1 AND box.box_id = $2"
        return try session.first(sql, [.text(empresaID), .text(id)]).map(BoxState.init)
    }

    /// By empresa, from after the cursor on.
    func list(_ filter: BoxFilter, page: PageRequest) throws -> [BoxState] {
        try session.query(
            Self.query + """
                 WHERE (box.empresa_id > $1 OR (box.empresa_id = $1 AND box.box_id > $2))
                    AND ($3 = '' OR box.empresa_id = $3) AND ($4 = '' OR box.site_id = $4)
                    AND ($5 = -1 OR box.is_blocked = $5) AND ($6 = -1 OR box.is_forked = $6)
                ORDER BY box.empresa_id, box.box_id LIMIT $7
                """,
            [
                .text(try page.after?.text(0) ?? ""), .text(try page.after?.text(1) ?? ""),
                .text(filter.empresaID ?? ""), .text(filter.siteID ?? ""),
                filter.isBlocked.map(SQLValue.init) ?? -1, filter.isForked.map(SQLValue.init) ?? -1,
                page.fetchLimit,
            ]
        ).map(BoxState.init)
    }

    /// What could not be understood or taken, the newest first.
    func incidents(of state: BoxState) throws -> [BoxIncident] {
        let rows = try session.query(
            """
            SELECT epoch, seq, reason, noticed_at_ms FROM quarantine WHERE empresa_id = $1 AND box_id = $2
            UNION ALL
            SELECT epoch, seq, 'fork' AS reason, noticed_at_ms FROM fork WHERE empresa_id = $1 AND box_id = $2
            ORDER BY noticed_at_ms DESC, epoch DESC, seq DESC LIMIT 100
            """,
            [.text(state.box.empresaID), .text(state.box.boxID)]
        )
        return try rows.map { row in
            BoxIncident(
                epoch: try row.integer("epoch"),
                seq: try row.integer("seq"),
                reason: try row.text("reason"),
                noticedAt: Timestamp(milliseconds: try row.integer("noticed_at_ms"))
            )
        }
    }
}
