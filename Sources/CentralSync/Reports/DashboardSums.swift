import Foundation
import Shared

/// Reads the sums of ventas within one transaction.
///
/// What day it is differs between sites, so every query is given the name of its period in each time zone in which there
/// are sites, and takes from each zone's sums those of its own day.
struct DashboardSums {
    private let session: any SQLSession
    private let scope: ReportScope
    private let now: Timestamp
    private let zones: [String]

    init(_ session: any SQLSession, scope: ReportScope, now: Timestamp) throws {
        self.session = session
        self.scope = scope
        self.now = now
        let rows = try session.query(
            "SELECT DISTINCT time_zone FROM site WHERE \(scope.condition("empresa_id"))",
            scope.arguments
        )
        // The names ventas are counted under, which are the system's own.
        zones = Set(try rows.map { SiteTimeZone.named(try $0.text("time_zone")).identifier }).sorted()
    }

    /// Of each empresa in all periods, row by row: the figures they go into add them up, which costs less than a sorter.
    func totals() throws -> [SQLRow] {
        try read(of: ReportPeriod.allCases) {
            """
            SELECT day.kind, empresa.empresa_id, method, currency, \(Self.amounts)
            FROM \(Self.source(.total)) WHERE \(scope.condition("empresa.empresa_id"))
            """
        }
    }

    func hours(of period: ReportPeriod) throws -> [SQLRow] {
        try read(of: [period]) {
            """
            SELECT item, method, currency,
                CAST(SUM(sold_count) AS BIGINT) AS sold_count, CAST(SUM(sold_cents) AS BIGINT) AS sold_cents,
                CAST(SUM(refunded_count) AS BIGINT) AS refunded_count,
                CAST(SUM(refunded_cents) AS BIGINT) AS refunded_cents
            FROM \(Self.source(.hour)) WHERE \(scope.condition("empresa.empresa_id"))
            GROUP BY item, method, currency
            """
        }
    }

    /// Those items that sold most, with what they sold.
    ///
    /// - Parameter columns: Further ones, of the table `item`.
    func top(
        _ facet: VentaSums.Facet,
        of period: ReportPeriod,
        columns: String
    ) throws -> [(row: SQLRow, figure: SalesFigure)] {
        let items = try read(of: [period]) {
            """
            , item AS (
                SELECT empresa.empresa_id, item, SUM(sold_cents) AS cents
                FROM \(Self.source(facet)) WHERE \(scope.condition("empresa.empresa_id"))
                GROUP BY empresa.empresa_id, item ORDER BY cents DESC, empresa.empresa_id, item LIMIT \(DashboardStore.lineLimit)
            )
            SELECT item.empresa_id, item.item, \(columns) FROM item ORDER BY cents DESC, item.empresa_id, item.item
            """
        }
        let keys = try items.map { ItemKey(empresaID: try $0.text("empresa_id"), item: try $0.text("item")) }
        let figures = try figures(of: keys, facet, period)
        return zip(items, keys).map { ($0, figures[$1] ?? SalesFigure()) }
    }

    // MARK: SQL

    private static let amounts = "sold_count, sold_cents, refunded_count, refunded_cents"

    /// The sums of a facet in the empresas and days asked for. The empresa comes first in the key, so each day of each is
    /// one seek.
    private static func source(_ facet: VentaSums.Facet) -> String {
        """
        empresa CROSS JOIN day JOIN venta_sum ON venta_sum.empresa_id = empresa.empresa_id
            AND venta_sum.facet = '\(facet.rawValue)' AND venta_sum.period = day.period
            AND venta_sum.time_zone = day.time_zone
        """
    }

    private struct ItemKey: Hashable {
        let empresaID: String
        let item: String
    }

    /// Asked for by their keys and not joined to the query that finds them: not knowing how few those are, SQLite would
    /// read the whole table of sums into a Bloom filter first.
    private func figures(
        of keys: [ItemKey],
        _ facet: VentaSums.Facet,
        _ period: ReportPeriod
    ) throws -> [ItemKey: SalesFigure] {
        let days = days([period])
        let items = TextRows(keys.map { [$0.empresaID, $0.item] })
        guard !days.isEmpty, !items.isEmpty else { return [:] }
        let rows = try session.query(
            """
            WITH day (kind, time_zone, period) AS (\(days.values(after: 0))),
            item (empresa_id, item) AS (\(items.values(after: days.arguments.count)))
            SELECT item.empresa_id, item.item, method, currency, \(Self.amounts)
            FROM item CROSS JOIN day JOIN venta_sum ON venta_sum.empresa_id = item.empresa_id
                AND venta_sum.facet = '\(facet.rawValue)' AND venta_sum.period = day.period
                AND venta_sum.time_zone = day.time_zone AND venta_sum.item = item.item
            """,
            days.arguments + items.arguments
        )
        return try rows.reduce(into: [:]) { figures, row in
            let key = ItemKey(empresaID: try row.text("empresa_id"), item: try row.text("item"))
            try figures[key, default: SalesFigure()].add(row)
        }
    }

    /// - Parameter query: What comes after the table `day` of the periods' names in each time zone. The scope's arguments
    ///   come first.
    private func read(of periods: [ReportPeriod], _ query: () -> String) throws -> [SQLRow] {
        let days = days(periods)
        guard !days.isEmpty else { return [] }
        return try session.query(
            "WITH day (kind, time_zone, period) AS (\(days.values(after: scope.arguments.count))) \(query())",
            scope.arguments + days.arguments
        )
    }

    private func days(_ periods: [ReportPeriod]) -> TextRows {
        TextRows(
            periods.flatMap { period in
                zones.map { [period.rawValue, $0, period.name(at: now, in: SiteTimeZone.named($0))] }
            }
        )
    }
}
