import Shared

/// What was sold, by day and by month, and there in all, by hour, by router and by product: kept in the transaction that
/// takes the ventas, and all that the dashboard reads.
///
/// Sums of an empresa and not of a site, so that a page costs the same with ten sites and with ten thousand. The price
/// is that boxes of one empresa that send at the same moment write to the same rows (decision 0011).
struct VentaSums {
    /// By what a sum is kept. `total` has one item, with no name.
    enum Facet: String, Sendable, CaseIterable {
        case total, hour, router, product
    }

    struct Key: Hashable, Sendable, Comparable {
        let facet: Facet
        /// `2026-11-22`, or `2026-11`.
        let period: String
        /// Of the site: its days are not another's.
        let timeZone: String
        /// `07`, a router's id, a product's number; empty.
        let item: String
        let method: String
        let currency: String

        /// The month of a day's sum.
        var ofMonth: Key {
            Key(
                facet: facet,
                period: String(period.prefix(7)),
                timeZone: timeZone,
                item: item,
                method: method,
                currency: currency
            )
        }

        static func < (left: Key, right: Key) -> Bool {
            if left.facet != right.facet { return left.facet.rawValue < right.facet.rawValue }
            if left.period != right.period { return left.period < right.period }
            if left.item != right.item { return left.item < right.item }
            if left.method != right.method { return left.method < right.method }
            if left.timeZone != right.timeZone { return left.timeZone < right.timeZone }
            return left.currency < right.currency
        }
    }

    /// Ventas that are in the same sums, whatever the facet.
    private struct Cell: Hashable {
        let day: BusinessDay
        /// Of the site.
        let timeZone: String
        let routerID: String
        let productID: Int64
        let method: String
        let currency: String
    }

    private static let columns = [
        "empresa_id", "facet", "period", "time_zone", "item", "method", "currency", "sold_count", "sold_cents",
        "refunded_count", "refunded_cents",
    ]

    private static let addition = """
        ON CONFLICT (empresa_id, facet, period, time_zone, item, method, currency) DO UPDATE SET
            sold_count = venta_sum.sold_count + excluded.sold_count,
            sold_cents = venta_sum.sold_cents + excluded.sold_cents,
            refunded_count = venta_sum.refunded_count + excluded.refunded_count,
            refunded_cents = venta_sum.refunded_cents + excluded.refunded_cents
        """

    private var cells: [Cell: VentaAmounts] = [:]

    /// - Parameter timeZone: Its name at the site.
    mutating func add(_ venta: VentaEvent.Venta, on day: BusinessDay, in timeZone: String) {
        let cell = Cell(
            day: day,
            timeZone: timeZone,
            routerID: venta.routerID,
            productID: venta.productID,
            method: venta.method,
            currency: venta.currency
        )
        cells[cell, default: VentaAmounts()].add(venta)
    }

    /// Takes a sale back out of the sums it is in.
    ///
    /// - Parameter row: Of `venta`.
    /// - Throws: `SQLRow.Mismatch`.
    mutating func takeBack(_ row: SQLRow) throws {
        let cell = Cell(
            day: BusinessDay(date: try row.text("local_date"), hour: try row.integer("local_hour")),
            timeZone: try row.text("time_zone"),
            routerID: try row.text("router_id"),
            productID: try row.integer("product_id"),
            method: try row.text("method"),
            currency: try row.text("currency")
        )
        cells[cell, default: VentaAmounts()].takeBack(cents: try row.integer("amount_cents"))
    }

    /// All sums that change, and by how much.
    var sums: [Key: VentaAmounts] {
        var sums: [Key: VentaAmounts] = [:]
        for (cell, amounts) in cells {
            for facet in Facet.allCases {
                let key = Key(
                    facet: facet,
                    period: cell.day.date,
                    timeZone: cell.timeZone,
                    item: Self.item(of: cell, facet),
                    method: cell.method,
                    currency: cell.currency
                )
                sums[key, default: VentaAmounts()] += amounts
            }
        }
        for (day, amounts) in sums { sums[day.ofMonth, default: VentaAmounts()] += amounts }
        return sums
    }

    /// Always in the same order, so that two that write to the same rows wait for each other instead of both failing.
    func write(empresaID: String, in session: any SQLSession) throws {
        let rows = sums.sorted { $0.key < $1.key }.map { key, amounts -> [SQLValue] in
            [
                .text(empresaID), .text(key.facet.rawValue), .text(key.period), .text(key.timeZone), .text(key.item),
                .text(key.method), .text(key.currency), .integer(amounts.soldCount), .integer(amounts.soldCents),
                .integer(amounts.refundedCount), .integer(amounts.refundedCents),
            ]
        }
        _ = try session.insert(into: "venta_sum", columns: Self.columns, rows: rows, suffix: Self.addition)
    }

    private static func item(of cell: Cell, _ facet: Facet) -> String {
        switch facet {
        case .total: ""
        case .hour: (cell.day.hour < 10 ? "0" : "") + String(cell.day.hour)
        case .router: cell.routerID
        case .product: String(cell.productID)
        }
    }
}
