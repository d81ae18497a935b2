import Foundation
import Shared

/// The ventas read from events, each once, and the sums of each hour beside them.
struct VentaLedger {
    private static let columns = [
        "empresa_id", "venta_id", "site_id", "box_id", "epoch", "seq", "router_id", "product_id", "product_name",
        "duration_seconds", "method", "outcome", "ficha_code", "amount_cents", "refunded_cents", "currency", "order_id",
        "charge_id", "till_id", "folio", "cashier_id", "at_ms", "time_is_estimated", "time_zone", "local_date",
        "local_hour", "received_at_ms", "reseller_id", "entrega_id", "commission_cents",
    ]

    let box: Box
    let timeZone: TimeZone
    let now: Timestamp
    /// Of the epoch: no event of it can be much older.
    let openedAt: Timestamp
    let session: any SQLSession

    /// Adds those that are not here yet.
    ///
    /// A venta may come a second time under another number, from a box that sends again what it cannot know to have
    /// arrived; it is told apart by its own id.
    ///
    /// - Returns: The numbers of those that contradict the venta of the same id that is here.
    func add(_ events: [VentaEvent], to sums: inout VentaSums) throws -> [Int64] {
        var calendar = BusinessCalendar(timeZone: timeZone)
        let days = events.map { day(of: $0, &calendar) }
        let isNew = try session.insertNew(
            into: "venta",
            key: ["empresa_id", "venta_id"],
            columns: Self.columns,
            rows: zip(events, days).map(row)
        )
        var conflicts: [Int64] = []
        for ((event, day), isNew) in zip(zip(events, days), isNew) {
            if isNew {
                sums.add(event.venta, on: day.day, in: timeZone.identifier)
            } else if try contradicts(event.venta) {
                conflicts.append(event.seq)
            }
        }
        // Events come in order, so with this one all before it are here.
        if let last = days.last(where: { !$0.time.isEstimated }) {
            try BoxStatus.complete(box, until: min(last.time.at, now), in: session)
        }
        return conflicts
    }

    /// A clock that was wrong says nothing about the day: then it counts when it arrived.
    private func day(
        of event: VentaEvent,
        _ calendar: inout BusinessCalendar
    ) -> (time: BelievedTime, day: BusinessDay) {
        let time = BelievedTime(event.at, openedAt: openedAt, now: now)
        return (time, calendar.day(of: time.at))
    }

    private func row(
        _ event: VentaEvent,
        _ day: (time: BelievedTime, day: BusinessDay)
    ) -> [SQLValue] {
        let venta = event.venta
        return [
            .text(box.empresaID), .text(venta.id), .text(box.siteID), .text(box.boxID), .integer(event.epoch),
            .integer(event.seq), .text(venta.routerID), .integer(venta.productID), .text(venta.productName),
            .integer(venta.durationSeconds), .text(venta.method), .text(venta.outcome.rawValue),
            SQLValue(venta.fichaCode), .integer(venta.amountCents), .integer(venta.refundedCents),
            .text(venta.currency), SQLValue(venta.orderID), SQLValue(venta.chargeID), SQLValue(venta.tillID),
            SQLValue(venta.folio), SQLValue(venta.cashierID), .integer(day.time.at.milliseconds),
            SQLValue(day.time.isEstimated), .text(timeZone.identifier), .text(day.day.date), .integer(day.day.hour),
            .integer(now.milliseconds), SQLValue(venta.resellerID), SQLValue(venta.entregaID),
            SQLValue(venta.commissionCents),
        ]
    }

    private func contradicts(_ venta: VentaEvent.Venta) throws -> Bool {
        let row = try session.first(
            """
            SELECT outcome, amount_cents, refunded_cents, currency FROM venta
            WHERE empresa_id = $1 AND venta_id = $2
            """,
            [.text(box.empresaID), .text(venta.id)]
        )
        guard let row else { return true }
        return try row.text("outcome") != venta.outcome.rawValue || row.integer("amount_cents") != venta.amountCents
            || row.integer("refunded_cents") != venta.refundedCents || row.text("currency") != venta.currency
    }
}
