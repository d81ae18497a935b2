import Foundation
import Shared

/// The sales for cash that were taken back, each once, out of what was sold and into what was given back: in the hour of
/// the sale, as if it had never counted.
struct VoidLedger {
    private static let columns = [
        "empresa_id", "venta_id", "site_id", "box_id", "epoch", "seq", "cashier_id", "reason", "amount_cents",
        "currency",
        "at_ms", "time_is_estimated", "local_date", "received_at_ms",
    ]

    let box: Box
    let timeZone: TimeZone
    let now: Timestamp
    /// Of the epoch.
    let openedAt: Timestamp
    let session: any SQLSession

    /// Adds those that are not here yet, after the ventas of the same batch.
    ///
    /// - Returns: The numbers of those that cannot be, and why.
    func add(_ events: [VoidEvent], to sums: inout VentaSums) throws -> [(seq: Int64, reason: String)] {
        var refused: [(seq: Int64, reason: String)] = []
        for event in events {
            if let reason = try add(event, to: &sums) { refused.append((event.seq, reason)) }
        }
        return refused
    }

    private func add(_ event: VoidEvent, to sums: inout VentaSums) throws -> String? {
        let void = event.void
        let sale = try session.first(
            "SELECT * FROM venta WHERE empresa_id = $1 AND venta_id = $2 AND site_id = $3",
            [.text(box.empresaID), .text(void.ventaID), .text(box.siteID)]
        )
        guard let sale else { return "void_of_nothing" }
        guard try sale.text("method") == "cash", try sale.text("outcome") == "delivered",
            try sale.integer("amount_cents") == void.amountCents, try sale.text("currency") == void.currency
        else { return "void_conflict" }
        let inserted = try session.insert(
            into: "venta_void",
            columns: Self.columns,
            rows: [row(event)],
            suffix: "ON CONFLICT (empresa_id, venta_id) DO NOTHING RETURNING venta_id"
        )
        // Sent again by a box that cannot know that it arrived.
        guard !inserted.isEmpty else { return try contradicts(void) ? "void_conflict" : nil }
        try sums.takeBack(sale)
        return nil
    }

    private func row(_ event: VoidEvent) -> [SQLValue] {
        let time = BelievedTime(event.at, openedAt: openedAt, now: now)
        let void = event.void
        return [
            .text(box.empresaID), .text(void.ventaID), .text(box.siteID), .text(box.boxID), .integer(event.epoch),
            .integer(event.seq), .text(void.cashierID), .text(void.reason), .integer(void.amountCents),
            .text(void.currency), .integer(time.at.milliseconds), SQLValue(time.isEstimated),
            .text(BusinessDay(of: time.at, in: timeZone).date), .integer(now.milliseconds),
        ]
    }

    private func contradicts(_ void: VoidEvent.VoidedVenta) throws -> Bool {
        let row = try session.first(
            "SELECT cashier_id, reason FROM venta_void WHERE empresa_id = $1 AND venta_id = $2",
            [.text(box.empresaID), .text(void.ventaID)]
        )
        guard let row else { return true }
        return try row.text("cashier_id") != void.cashierID || row.text("reason") != void.reason
    }
}
