import Shared

/// Reads a reseller's account, within one transaction.
struct ResellerReportStore {
    private static let latestCortes: Int64 = 20

    let session: any SQLSession

    func account(of reseller: Reseller) throws -> ResellerAccountBody {
        let arguments: [SQLValue] = [.text(reseller.empresaID), .text(reseller.id)]
        let sites = try sites(arguments, lines: try lines(arguments))
        let balances = sites.reduce(into: [String: Int64]()) { $0[$1.currency, default: 0] += $1.balanceCents }
        let cortes = try session.query(
            """
            SELECT * FROM reseller_corte WHERE empresa_id = $1 AND reseller_id = $2
            ORDER BY at_ms DESC, corte_id DESC LIMIT $3
            """,
            arguments + [.integer(Self.latestCortes)]
        )
        return ResellerAccountBody(
            resellerID: reseller.id,
            name: reseller.name,
            balances: balances.sorted { $0.key < $1.key }.map { currency, cents in
                ResellerAccountBody.Balance(currency: currency, balanceCents: cents)
            },
            sites: sites,
            cortes: try cortes.map(ResellerCorteBody.init)
        )
    }

    /// All of them where something was handed over. What a box that lost its disk had counted is still owed, so the balance is
    /// the sum of what was owed and paid, not the last one that was told.
    private func sites(
        _ arguments: [SQLValue],
        lines: [ResellerAccountLine.Key: ResellerAccountLine]
    ) throws -> [ResellerAccountBody.Site] {
        let rows = try session.query(
            """
            SELECT place.site_id, place.currency, COALESCE(site.name, '') AS site_name,
                (SELECT MAX(box_status.last_seen_at_ms) FROM box_status
                    WHERE box_status.empresa_id = $1 AND box_status.site_id = place.site_id) AS last_seen_at_ms,
                COALESCE((SELECT CAST(SUM(owed_cents - abono_cents) AS BIGINT) FROM reseller_corte
                    WHERE reseller_corte.empresa_id = $1 AND reseller_corte.reseller_id = $2
                        AND reseller_corte.site_id = place.site_id AND reseller_corte.currency = place.currency
                ), 0) AS balance_cents
            FROM (
                SELECT site_id, currency FROM entrega WHERE empresa_id = $1 AND reseller_id = $2
                UNION SELECT site_id, currency FROM reseller_corte WHERE empresa_id = $1 AND reseller_id = $2
            ) AS place LEFT JOIN site ON site.empresa_id = $1 AND site.site_id = place.site_id
            ORDER BY site_name, place.site_id, place.currency
            """,
            arguments
        )
        return try rows.map { row in
            let (siteID, currency) = (try row.text("site_id"), try row.text("currency"))
            let here = lines.filter { $0.key.siteID == siteID && $0.key.currency == currency }.map(\.value)
            return ResellerAccountBody.Site(
                siteID: siteID,
                siteName: try row.text("site_name"),
                currency: currency,
                balanceCents: try row.integer("balance_cents"),
                lastSeenAt: try row.optionalInteger("last_seen_at_ms").map(Timestamp.init(milliseconds:)),
                lines: here.sorted {
                    ($0.productID, $0.priceCents, $0.commissionBasisPoints)
                        < ($1.productID, $1.priceCents, $1.commissionBasisPoints)
                }
            )
        }
    }

    private func lines(_ arguments: [SQLValue]) throws -> [ResellerAccountLine.Key: ResellerAccountLine] {
        let settled = try settled(arguments)
        let rows = try session.query(
            """
            SELECT entrega.site_id, entrega.currency, entrega.product_id, entrega.price_cents, entrega.commission_bp,
                MAX(entrega.product_name) AS product_name, MAX(entrega.commission_cents) AS commission_cents,
                CAST(SUM(entrega.ficha_count) AS BIGINT) AS delivered,
                CAST(SUM(COALESCE(back.number, 0)) AS BIGINT) AS returned,
                CAST(SUM(COALESCE(used.number, 0)) AS BIGINT) AS used
            FROM entrega
            LEFT JOIN (
                SELECT entrega_id, SUM(ficha_count) AS number FROM devolucion
                WHERE empresa_id = $1 AND reseller_id = $2 GROUP BY entrega_id
            ) AS back ON back.entrega_id = entrega.entrega_id
            LEFT JOIN (
                SELECT entrega_id, COUNT(*) AS number FROM venta
                WHERE empresa_id = $1 AND reseller_id = $2 GROUP BY entrega_id
            ) AS used ON used.entrega_id = entrega.entrega_id
            WHERE entrega.empresa_id = $1 AND entrega.reseller_id = $2
            GROUP BY entrega.site_id, entrega.currency, entrega.product_id, entrega.price_cents, entrega.commission_bp
            """,
            arguments
        )
        return try rows.reduce(into: [:]) { lines, row in
            let key = try ResellerAccountLine.Key(row)
            lines[key] = ResellerAccountLine(
                productID: key.productID,
                productName: try row.text("product_name"),
                priceCents: key.priceCents,
                commissionBasisPoints: key.commissionBasisPoints,
                commissionCents: try row.integer("commission_cents"),
                delivered: try row.integer("delivered"),
                returned: try row.integer("returned"),
                used: try row.integer("used"),
                settled: settled[key] ?? 0
            )
        }
    }

    private func settled(_ arguments: [SQLValue]) throws -> [ResellerAccountLine.Key: Int64] {
        let rows = try session.query(
            """
            SELECT corte.site_id, corte.currency, line.product_id, line.price_cents, line.commission_bp,
                CAST(SUM(line.new_sold_count) AS BIGINT) AS settled
            FROM reseller_corte AS corte JOIN reseller_corte_line AS line
                ON line.empresa_id = corte.empresa_id AND line.corte_id = corte.corte_id
            WHERE corte.empresa_id = $1 AND corte.reseller_id = $2
            GROUP BY corte.site_id, corte.currency, line.product_id, line.price_cents, line.commission_bp
            """,
            arguments
        )
        return try rows.reduce(into: [:]) { $0[try ResellerAccountLine.Key($1)] = try $1.integer("settled") }
    }
}
