import Foundation
import Shared

/// The cortes read from events, each once.
struct CorteLedger {
    private static let columns = [
        "empresa_id", "corte_id", "site_id", "box_id", "epoch", "seq", "till_id", "number", "cashier_id", "currency",
        "first_folio", "last_folio", "sale_count", "sold_cents", "void_count", "voided_cents", "counted_cents", "at_ms",
        "time_is_estimated", "local_date", "received_at_ms", "abono_count", "abono_cents",
    ]

    let box: Box
    let timeZone: TimeZone
    let now: Timestamp
    /// Of the epoch.
    let openedAt: Timestamp
    let session: any SQLSession

    /// Adds those that are not here yet.
    ///
    /// - Returns: The numbers of those that contradict the corte of the same id that is here.
    func add(_ events: [CorteEvent]) throws -> [Int64] {
        let isNew = try session.insertNew(
            into: "corte",
            key: ["empresa_id", "corte_id"],
            columns: Self.columns,
            rows: events.map(row)
        )
        return try zip(events, isNew).filter { event, isNew in try !isNew && contradicts(event.corte) }.map(\.0.seq)
    }

    private func row(_ event: CorteEvent) -> [SQLValue] {
        let (corte, time) = (event.corte, BelievedTime(event.at, openedAt: openedAt, now: now))
        return [
            .text(box.empresaID), .text(corte.id), .text(box.siteID), .text(box.boxID), .integer(event.epoch),
            .integer(event.seq), .text(corte.tillID), .integer(corte.number), .text(corte.cashierID),
            .text(corte.currency), .integer(corte.firstFolio), .integer(corte.lastFolio), .integer(corte.saleCount),
            .integer(corte.soldCents), .integer(corte.voidCount), .integer(corte.voidedCents),
            .integer(corte.countedCents), .integer(time.at.milliseconds), SQLValue(time.isEstimated),
            .text(BusinessDay(of: time.at, in: timeZone).date), .integer(now.milliseconds),
            .integer(corte.abonoCount ?? 0), .integer(corte.abonoCents ?? 0),
        ]
    }

    private func contradicts(_ corte: CorteEvent.Corte) throws -> Bool {
        let row = try session.first(
            """
            SELECT till_id, number, sold_cents, voided_cents, counted_cents, abono_cents FROM corte
            WHERE empresa_id = $1 AND corte_id = $2
            """,
            [.text(box.empresaID), .text(corte.id)]
        )
        guard let row else { return true }
        return try row.text("till_id") != corte.tillID || row.integer("number") != corte.number
            || row.integer("sold_cents") != corte.soldCents || row.integer("voided_cents") != corte.voidedCents
            || row.integer("counted_cents") != corte.countedCents
            || row.integer("abono_cents") != corte.abonoCents ?? 0
    }
}
