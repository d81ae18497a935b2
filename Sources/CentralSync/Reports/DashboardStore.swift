import Foundation
import Shared

/// Reads the dashboard from the sums, within one transaction: no venta is looked at.
///
/// What day it is differs between sites, so every query is given the name of its period in each time zone in which there
/// are sites, and takes from each zone's sums those of its own day.
struct DashboardStore {
    /// Lines by router, by product and of boxes, each.
    static let lineLimit: Int64 = 100

    private let session: any SQLSession
    private let empresaID: String?
    private let now: Timestamp
    private let zones: [String]

    /// - Parameter empresaID: Nil for all.
    init(_ session: any SQLSession, empresaID: String?, now: Timestamp) throws {
        self.session = session
        self.empresaID = empresaID
        self.now = now
        let rows = try session.query(
            "SELECT DISTINCT time_zone FROM site WHERE $1 = '' OR empresa_id = $1",
            [.text(empresaID ?? "")]
        )
        // The names ventas are counted under, which are the system's own.
        zones = Set(try rows.map { SiteTimeZone.named(try $0.text("time_zone")).identifier }).sorted()
    }

    func dashboard(of period: ReportPeriod) throws -> Dashboard {
        let boxes = BoxSummaryStore(session: session, empresaID: empresaID, now: now)
        let groups = try boxes.groups()
        let oldest = groups.values.map(\.completeUntil).min()
        let byEmpresa = try empresas(groups)
        var totals: [ReportPeriod: SalesFigure] = [:]
        for period in ReportPeriod.allCases {
            totals[period] = byEmpresa.reduce(into: SalesFigure(completeUntil: oldest)) { sum, line in
                if let figure = line.periods[period] { sum += figure }
            }
        }
        return Dashboard(
            at: now,
            period: period,
            totals: totals,
            byEmpresa: byEmpresa,
            byRouter: try routers(period),
            byProduct: try products(period, groups),
            byHour: try hours(period, oldest),
            boxes: BoxSummary(
                count: groups.values.reduce(0) { $0 + $1.count },
                awayCount: groups.values.reduce(0) { $0 + $1.awayCount },
                inTrouble: try boxes.inTrouble(limit: Self.lineLimit)
            )
        )
    }

    // MARK: Lines

    private func empresas(_ groups: [String: BoxSummaryStore.Group]) throws -> [Dashboard.EmpresaLine] {
        let names = try session.query(
            "SELECT empresa_id, name FROM empresa WHERE $1 = '' OR empresa_id = $1 ORDER BY name, empresa_id",
            [.text(empresaID ?? "")]
        )
        var figures: [String: [ReportPeriod: SalesFigure]] = [:]
        for row in try sums("total", of: ReportPeriod.allCases, by: "day.kind, empresa.empresa_id") {
            guard let period = ReportPeriod(rawValue: try row.text("kind")) else { continue }
            try figures[try row.text("empresa_id"), default: [:]][period, default: SalesFigure()].add(row)
        }
        return try names.map { row in
            let id = try row.text("empresa_id")
            let completeUntil = groups[id]?.completeUntil
            let periods = ReportPeriod.allCases.map { period in
                var figure = figures[id]?[period] ?? SalesFigure()
                figure.completeUntil = completeUntil
                return (period, figure)
            }
            return Dashboard.EmpresaLine(
                id: id,
                name: try row.text("name"),
                periods: Dictionary(uniqueKeysWithValues: periods)
            )
        }
    }

    private func routers(_ period: ReportPeriod) throws -> [Dashboard.RouterLine] {
        let rows = try top(
            "router",
            of: period,
            columns: """
                (SELECT router.name FROM router
                    WHERE router.empresa_id = item.empresa_id AND router.router_id = item.item) AS name,
                (SELECT MIN(complete_until_ms) FROM router JOIN box_status
                    ON box_status.empresa_id = router.empresa_id AND box_status.site_id = router.site_id
                    WHERE router.empresa_id = item.empresa_id AND router.router_id = item.item) AS complete_until_ms
                """
        )
        var lines: [Dashboard.RouterLine] = []
        for row in rows {
            let (empresaID, id) = (try row.text("empresa_id"), try row.text("item"))
            if lines.last?.empresaID != empresaID || lines.last?.id != id {
                let completeUntil = try row.optionalInteger("complete_until_ms").map(Timestamp.init(milliseconds:))
                lines.append(
                    Dashboard.RouterLine(
                        empresaID: empresaID,
                        id: id,
                        name: try row.optionalText("name"),
                        figure: SalesFigure(completeUntil: completeUntil)
                    )
                )
            }
            try lines[lines.count - 1].figure.add(row)
        }
        return lines
    }

    private func products(
        _ period: ReportPeriod,
        _ groups: [String: BoxSummaryStore.Group]
    ) throws -> [Dashboard.ProductLine] {
        let rows = try top(
            "product",
            of: period,
            columns: """
                (SELECT product.name FROM product WHERE product.empresa_id = item.empresa_id
                    AND product.product_id = CAST(item.item AS BIGINT)) AS name
                """
        )
        var lines: [Dashboard.ProductLine] = []
        for row in rows {
            let empresaID = try row.text("empresa_id")
            guard let id = Int64(try row.text("item")) else { continue }
            if lines.last?.empresaID != empresaID || lines.last?.id != id {
                lines.append(
                    Dashboard.ProductLine(
                        empresaID: empresaID,
                        id: id,
                        name: try row.optionalText("name"),
                        figure: SalesFigure(completeUntil: groups[empresaID]?.completeUntil)
                    )
                )
            }
            try lines[lines.count - 1].figure.add(row)
        }
        return lines
    }

    private func hours(_ period: ReportPeriod, _ completeUntil: Timestamp?) throws -> [Dashboard.HourLine] {
        var lines = (0..<24).map { Dashboard.HourLine(hour: $0, figure: SalesFigure(completeUntil: completeUntil)) }
        for row in try sums("hour", of: [period], by: "venta_sum.item") {
            guard let hour = Int(try row.text("item")), lines.indices.contains(hour) else { continue }
            try lines[hour].figure.add(row)
        }
        return lines
    }

    // MARK: Sums

    private static let amounts = """
        CAST(SUM(sold_count) AS BIGINT) AS sold_count, CAST(SUM(sold_cents) AS BIGINT) AS sold_cents,
        CAST(SUM(refunded_count) AS BIGINT) AS refunded_count, CAST(SUM(refunded_cents) AS BIGINT) AS refunded_cents
        """

    /// The sums of a facet in some periods, added up by columns, method and currency.
    private func sums(_ facet: String, of periods: [ReportPeriod], by columns: String) throws -> [SQLRow] {
        let days = Days(periods, zones: zones, now: now)
        guard !days.isEmpty else { return [] }
        return try session.query(
            """
            WITH day (kind, time_zone, period) AS (\(days.values(after: 1)))
            SELECT \(columns), method, currency, \(Self.amounts)
            FROM empresa CROSS JOIN day JOIN venta_sum ON venta_sum.empresa_id = empresa.empresa_id
                AND venta_sum.facet = '\(facet)' AND venta_sum.period = day.period
                AND venta_sum.time_zone = day.time_zone
            WHERE $1 = '' OR empresa.empresa_id = $1
            GROUP BY \(columns), method, currency
            """,
            [.text(empresaID ?? "")] + days.arguments
        )
    }

    /// The sums of those items that sold most, one item after the other.
    ///
    /// - Parameter columns: Further ones, of the table `item`.
    private func top(_ facet: String, of period: ReportPeriod, columns: String) throws -> [SQLRow] {
        let days = Days([period], zones: zones, now: now)
        guard !days.isEmpty else { return [] }
        return try session.query(
            """
            WITH day (kind, time_zone, period) AS (\(days.values(after: 2))),
            part AS (
                SELECT empresa.empresa_id, item, method, currency, \(Self.amounts)
                FROM empresa CROSS JOIN day JOIN venta_sum ON venta_sum.empresa_id = empresa.empresa_id
                    AND venta_sum.facet = '\(facet)' AND venta_sum.period = day.period
                    AND venta_sum.time_zone = day.time_zone
                WHERE $1 = '' OR empresa.empresa_id = $1
                GROUP BY empresa.empresa_id, item, method, currency
            ),
            item AS (
                SELECT empresa_id, item, SUM(sold_cents) AS cents FROM part
                GROUP BY empresa_id, item ORDER BY cents DESC, empresa_id, item LIMIT $2
            )
            SELECT part.*, \(columns)
            FROM item JOIN part ON part.empresa_id = item.empresa_id AND part.item = item.item
            ORDER BY item.cents DESC, item.empresa_id, item.item, part.method, part.currency
            """,
            [.text(empresaID ?? ""), .integer(Self.lineLimit)] + days.arguments
        )
    }

    /// The names of periods in time zones, as rows of SQL.
    private struct Days {
        let arguments: [SQLValue]

        init(_ periods: [ReportPeriod], zones: [String], now: Timestamp) {
            arguments = periods.flatMap { period in
                zones.flatMap { zone -> [SQLValue] in
                    let name = period.name(at: now, in: SiteTimeZone.named(zone))
                    return [.text(period.rawValue), .text(zone), .text(name)]
                }
            }
        }

        var isEmpty: Bool { arguments.isEmpty }

        /// - Parameter count: Of the arguments before these.
        func values(after count: Int) -> String {
            let rows = stride(from: count + 1, to: count + arguments.count, by: 3).map { first in
                "(CAST($\(first) AS TEXT), CAST($\(first + 1) AS TEXT), CAST($\(first + 2) AS TEXT))"
            }
            return "VALUES " + rows.joined(separator: ", ")
        }
    }
}
