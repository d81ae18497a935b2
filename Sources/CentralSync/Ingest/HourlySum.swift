import Shared

/// What was sold in one hour of one product at one router: kept in the transaction that takes the ventas.
struct HourlySum: Sendable, Equatable {
    struct Key: Hashable, Sendable {
        let day: BusinessDay
        let siteID: String
        let routerID: String
        let productID: Int64
        let method: String
        let currency: String

        init(_ venta: VentaEvent.Venta, siteID: String, day: BusinessDay) {
            self.day = day
            self.siteID = siteID
            routerID = venta.routerID
            productID = venta.productID
            method = venta.method
            currency = venta.currency
        }
    }

    var soldCount: Int64 = 0
    var soldCents: Int64 = 0
    var refundedCount: Int64 = 0
    var refundedCents: Int64 = 0

    /// Money that came and went back is in neither of the sold figures.
    mutating func add(_ venta: VentaEvent.Venta) {
        switch venta.outcome {
        case .delivered:
            soldCount += 1
            soldCents += venta.amountCents
        case .refunded:
            refundedCount += 1
            refundedCents += venta.refundedCents
        }
    }

    func add(to key: Key, empresaID: String, in session: any SQLSession) throws {
        try session.execute(
            """
            INSERT INTO venta_hourly (empresa_id, local_date, local_hour, site_id, router_id, product_id, method,
                currency, sold_count, sold_cents, refunded_count, refunded_cents)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (empresa_id, local_date, local_hour, site_id, router_id, product_id, method, currency)
            DO UPDATE SET
                sold_count = venta_hourly.sold_count + excluded.sold_count,
                sold_cents = venta_hourly.sold_cents + excluded.sold_cents,
                refunded_count = venta_hourly.refunded_count + excluded.refunded_count,
                refunded_cents = venta_hourly.refunded_cents + excluded.refunded_cents
            """,
            [
                .text(empresaID), .text(key.day.date), .integer(key.day.hour), .text(key.siteID), .text(key.routerID),
                .integer(key.productID), .text(key.method), .text(key.currency), .integer(soldCount),
                .integer(soldCents), .integer(refundedCount), .integer(refundedCents),
            ]
        )
    }
}
