/// Adds up the ventas anew and compares that with the sums kept beside them.
struct VentaSumCheck: Sendable {
    /// A sum that is not what its ventas come to.
    struct Difference: Sendable, Equatable {
        let empresaID: String
        let facet: String
        let period: String
        let timeZone: String
        let item: String
        let method: String
        let currency: String
        /// What is kept; nil when nothing is.
        var kept: VentaAmounts?
        /// What the ventas come to; nil when there are none.
        var counted: VentaAmounts?
    }

    let database: any CentralDatabase

    /// One pass through all ventas, whose rows are of all empresas in turn.
    ///
    /// - Returns: What differs, nothing when all is well; at most `limit`.
    func differences(limit: Int64 = 1_000) async throws -> [Difference] {
        try await database.read(.long) { session in
            try session.query(Self.compared, [.integer(limit)]).map(Difference.init)
        }
    }

    /// Puts what the ventas come to in the place of what is kept: in the order in which it is read.
    func repair() async throws {
        try await database.write(.long, .serial) { session in
            try session.execute("DELETE FROM venta_sum")
            try session.execute(
                """
                INSERT INTO venta_sum (\(Self.key), \(Self.amounts))
                SELECT \(Self.key), \(Self.amounts) FROM (\(Self.counted)) AS c ORDER BY \(Self.key)
                """
            )
        }
    }

    // MARK: SQL

    private static let key = "empresa_id, facet, period, time_zone, item, method, currency"
    private static let amounts = "sold_count, sold_cents, refunded_count, refunded_cents"

    /// Said another way than ``VentaSums`` says it, so that a mistake in one shows: the days of each facet from the ventas,
    /// the months from the days.
    private static let counted = """
        WITH day AS MATERIALIZED (
            \(days("total")) UNION ALL
            \(days("hour", by: "SUBSTR(CAST(100 + local_hour AS TEXT), 2, 2)")) UNION ALL
            \(days("router", by: "router_id")) UNION ALL
            \(days("product", by: "CAST(product_id AS TEXT)"))
        )
        SELECT \(key), \(amounts) FROM day
        UNION ALL
        SELECT empresa_id, facet, SUBSTR(period, 1, 7), time_zone, item, method, currency,
            \(names.map { "CAST(SUM(\($0)) AS BIGINT)" }.joined(separator: ", "))
        FROM day GROUP BY empresa_id, facet, SUBSTR(period, 1, 7), time_zone, item, method, currency
        """

    /// As each sale stands: one that was taken back at the counter counts as refunded.
    private static let sale = """
        SELECT venta.empresa_id, venta.local_date, venta.local_hour, venta.time_zone, venta.method, venta.currency,
            venta.router_id, venta.product_id, venta.amount_cents,
            CASE WHEN venta_void.venta_id IS NULL THEN venta.outcome ELSE 'refunded' END AS outcome,
            CASE WHEN venta_void.venta_id IS NULL THEN venta.refunded_cents ELSE venta.amount_cents END
                AS refunded_cents
        FROM venta LEFT JOIN venta_void
            ON venta_void.empresa_id = venta.empresa_id AND venta_void.venta_id = venta.venta_id
        """

    private static func days(_ facet: String, by item: String? = nil) -> String {
        """
        SELECT empresa_id, '\(facet)' AS facet, local_date AS period, time_zone, \(item ?? "''") AS item, method, currency,
            SUM(CASE WHEN outcome = 'delivered' THEN 1 ELSE 0 END) AS sold_count,
            CAST(SUM(CASE WHEN outcome = 'delivered' THEN amount_cents ELSE 0 END) AS BIGINT) AS sold_cents,
            SUM(CASE WHEN outcome = 'refunded' THEN 1 ELSE 0 END) AS refunded_count,
            CAST(SUM(CASE WHEN outcome = 'refunded' THEN refunded_cents ELSE 0 END) AS BIGINT) AS refunded_cents
        FROM (\(sale)) AS sale
        GROUP BY \(["empresa_id", "local_date", "time_zone", item, "method", "currency"].compactMap(\.self).joined(separator: ", "))
        """
    }

    private static let names = ["sold_count", "sold_cents", "refunded_count", "refunded_cents"]

    /// Both, each row with its own columns filled, and then those keys where the two are not the same.
    private static let compared = """
        SELECT \(key), SUM(is_kept) AS is_kept, SUM(is_counted) AS is_counted,
            \(names.map { "CAST(SUM(kept_\($0)) AS BIGINT) AS kept_\($0), CAST(SUM(\($0)) AS BIGINT) AS \($0)" }
            .joined(separator: ", "))
        FROM (
            SELECT \(key), 1 AS is_kept, 0 AS is_counted,
                \(names.map { "\($0) AS kept_\($0), 0 AS \($0)" }.joined(separator: ", "))
            FROM venta_sum
            UNION ALL
            SELECT \(key), 0, 1, \(names.map { "0, \($0)" }.joined(separator: ", ")) FROM (\(counted)) AS c
        ) AS pair
        GROUP BY \(key)
        HAVING SUM(is_kept) <> SUM(is_counted)
            OR \(names.map { "SUM(kept_\($0)) <> SUM(\($0))" }.joined(separator: " OR "))
        ORDER BY \(key) LIMIT $1
        """
}

extension VentaSumCheck.Difference {
    /// - Throws: `SQLRow.Mismatch`.
    fileprivate init(_ row: SQLRow) throws {
        empresaID = try row.text("empresa_id")
        facet = try row.text("facet")
        period = try row.text("period")
        timeZone = try row.text("time_zone")
        item = try row.text("item")
        method = try row.text("method")
        currency = try row.text("currency")
        if try row.integer("is_kept") > 0 { kept = try VentaAmounts(row, prefix: "kept_") }
        if try row.integer("is_counted") > 0 { counted = try VentaAmounts(row) }
    }
}
