/// Adds up the ventas of an empresa anew and compares that with the sums kept beside them.
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

        fileprivate var name: [String] { [empresaID, facet, period, timeZone, item, method, currency] }
    }

    let database: any CentralDatabase

    func empresas() async throws -> [String] {
        try await database.read { session in
            try session.query("SELECT empresa_id FROM empresa ORDER BY empresa_id").map { try $0.text("empresa_id") }
        }
    }

    /// - Returns: What differs, nothing when all is well; at most `limit` of each kind.
    func differences(of empresaID: String, limit: Int64 = 1_000) async throws -> [Difference] {
        try await database.read(.long) { session in
            let arguments: [SQLValue] = [.text(empresaID), .integer(limit)]
            let wrong = try session.query(Self.compared(Self.kept, except: Self.counted), arguments)
            let right = try session.query(Self.compared(Self.counted, except: Self.kept), arguments)
            var differences: [[String]: Difference] = [:]
            for (rows, place) in [(wrong, \Difference.kept), (right, \Difference.counted)] {
                for row in rows {
                    let difference = try Difference(row, empresaID: empresaID)
                    differences[difference.name, default: difference][keyPath: place] = try VentaAmounts(row)
                }
            }
            return differences.values.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        }
    }

    /// Puts what the ventas come to in the place of what is kept.
    func repair(_ empresaID: String) async throws {
        try await database.write(.long) { session in
            try session.execute("DELETE FROM venta_sum WHERE empresa_id = $1", [.text(empresaID)])
            try session.execute(
                "INSERT INTO venta_sum (empresa_id, \(Self.columns)) SELECT $1, \(Self.columns) FROM (\(Self.counted)) AS c",
                [.text(empresaID)]
            )
        }
    }

    // MARK: SQL

    private static let columns = """
        facet, period, time_zone, item, method, currency, sold_count, sold_cents, refunded_count, refunded_cents
        """

    private static let kept = "SELECT \(columns) FROM venta_sum WHERE empresa_id = $1"

    private static let added = """
        CAST(SUM(sold_count) AS BIGINT) AS sold_count, CAST(SUM(sold_cents) AS BIGINT) AS sold_cents,
        CAST(SUM(refunded_count) AS BIGINT) AS refunded_count, CAST(SUM(refunded_cents) AS BIGINT) AS refunded_cents
        """

    /// Said another way than ``VentaSums`` says it, so that a mistake in one shows.
    private static let counted = """
        SELECT facet, period, time_zone, item, method, currency, \(added)
        FROM (
            SELECT facet.name AS facet, time_zone, method, currency, sold_count, sold_cents, refunded_count,
                refunded_cents, CASE WHEN part.name = 'day' THEN day ELSE SUBSTR(day, 1, 7) END AS period,
                CASE facet.name WHEN 'hour' THEN hour WHEN 'router' THEN router_id WHEN 'product' THEN product ELSE '' END
                    AS item
            FROM (
                SELECT local_date AS day, time_zone, method, currency, router_id, CAST(product_id AS TEXT) AS product,
                    SUBSTR(CAST(100 + local_hour AS TEXT), 2, 2) AS hour,
                    SUM(CASE WHEN outcome = 'delivered' THEN 1 ELSE 0 END) AS sold_count,
                    SUM(CASE WHEN outcome = 'delivered' THEN amount_cents ELSE 0 END) AS sold_cents,
                    SUM(CASE WHEN outcome = 'refunded' THEN 1 ELSE 0 END) AS refunded_count,
                    SUM(CASE WHEN outcome = 'refunded' THEN refunded_cents ELSE 0 END) AS refunded_cents
                FROM venta WHERE empresa_id = $1
                GROUP BY local_date, time_zone, method, currency, router_id, product_id, local_hour
            ) AS cell
            CROSS JOIN (
                SELECT 'total' AS name UNION ALL SELECT 'hour' UNION ALL SELECT 'router' UNION ALL SELECT 'product'
            ) AS facet
            CROSS JOIN (SELECT 'day' AS name UNION ALL SELECT 'month') AS part
        ) AS counted
        GROUP BY facet, period, time_zone, item, method, currency
        """

    private static func compared(_ first: String, except second: String) -> String {
        "SELECT * FROM (\(first)) AS a EXCEPT SELECT * FROM (\(second)) AS b LIMIT $2"
    }
}

extension VentaSumCheck.Difference {
    /// - Throws: `SQLRow.Mismatch`.
    fileprivate init(_ row: SQLRow, empresaID: String) throws {
        self.empresaID = empresaID
        facet = try row.text("facet")
        period = try row.text("period")
        timeZone = try row.text("time_zone")
        item = try row.text("item")
        method = try row.text("method")
        currency = try row.text("currency")
    }
}
