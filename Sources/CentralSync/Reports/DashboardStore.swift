import Foundation
import Shared

/// Reads the dashboard from the sums, within one transaction: no venta is looked at.
struct DashboardStore {
    /// Lines by router, by product and of boxes, each.
    static let lineLimit: Int64 = 100

    private let session: any SQLSession
    private let scope: ReportScope
    private let now: Timestamp
    private let sums: DashboardSums

    /// - Parameter empresaID: Nil for all.
    init(_ session: any SQLSession, empresaID: String?, now: Timestamp) throws {
        self.session = session
        self.now = now
        scope = ReportScope(empresaID: empresaID)
        sums = try DashboardSums(session, scope: scope, now: now)
    }

    func dashboard(of period: ReportPeriod) throws -> Dashboard {
        let boxes = BoxSummaryStore(session: session, scope: scope, now: now)
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
            "SELECT empresa_id, name FROM empresa WHERE \(scope.condition("empresa_id")) ORDER BY name, empresa_id",
            scope.arguments
        )
        var figures: [String: [ReportPeriod: SalesFigure]] = [:]
        for row in try sums.totals() {
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
        try sums.top(
            .router,
            of: period,
            columns: """
                (SELECT router.name FROM router
                    WHERE router.empresa_id = item.empresa_id AND router.router_id = item.item) AS name,
                (SELECT MIN(complete_until_ms) FROM router JOIN box_status
                    ON box_status.empresa_id = router.empresa_id AND box_status.site_id = router.site_id
                    WHERE router.empresa_id = item.empresa_id AND router.router_id = item.item) AS complete_until_ms
                """
        ).map { row, figure in
            Dashboard.RouterLine(
                empresaID: try row.text("empresa_id"),
                id: try row.text("item"),
                name: try row.optionalText("name"),
                figure: figure.complete(
                    until: try row.optionalInteger("complete_until_ms").map(Timestamp.init(milliseconds:))
                )
            )
        }
    }

    private func products(
        _ period: ReportPeriod,
        _ groups: [String: BoxSummaryStore.Group]
    ) throws -> [Dashboard.ProductLine] {
        try sums.top(
            .product,
            of: period,
            columns: """
                (SELECT product.name FROM product WHERE product.empresa_id = item.empresa_id
                    AND product.product_id = CAST(item.item AS BIGINT)) AS name
                """
        ).compactMap { row, figure in
            let empresaID = try row.text("empresa_id")
            guard let id = Int64(try row.text("item")) else { return nil }
            return Dashboard.ProductLine(
                empresaID: empresaID,
                id: id,
                name: try row.optionalText("name"),
                figure: figure.complete(until: groups[empresaID]?.completeUntil)
            )
        }
    }

    private func hours(_ period: ReportPeriod, _ completeUntil: Timestamp?) throws -> [Dashboard.HourLine] {
        var lines = (0..<24).map { Dashboard.HourLine(hour: $0, figure: SalesFigure(completeUntil: completeUntil)) }
        for row in try sums.hours(of: period) {
            guard let hour = Int(try row.text("item")), lines.indices.contains(hour) else { continue }
            try lines[hour].figure.add(row)
        }
        return lines
    }
}
