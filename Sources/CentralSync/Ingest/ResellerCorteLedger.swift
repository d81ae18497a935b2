import Shared

/// The cortes of resellers read from events, each once with its lines.
struct ResellerCorteLedger {
    private static let columns =
        [
            "empresa_id", "corte_id", "site_id", "box_id", "epoch", "seq", "reseller_id", "reseller_name", "currency",
            "number", "cashier_id", "till_id", "previous_balance_cents", "owed_cents", "abono_cents", "balance_cents",
        ] + LedgerContext.timeColumns

    private static let lineColumns = [
        "empresa_id", "corte_id", "line_number", "product_id", "product_name", "price_cents", "commission_bp",
        "commission_cents", "delivered_count", "returned_count", "used_count", "in_hand_count", "sold_count",
        "new_sold_count", "owed_cents", "received_at_ms",
    ]

    let context: LedgerContext

    /// Adds those that are not here yet.
    ///
    /// - Returns: The numbers of those that contradict the corte of the same id that is here, and of those that a box made
    ///   again because a backup did not know them: what they say was owed and paid was booked before.
    func add(_ events: [ResellerCorteEvent]) throws -> [(seq: Int64, reason: String)] {
        // One after the other, so that each finds those before it; there are few.
        try events.flatMap { event -> [(seq: Int64, reason: String)] in
            guard try !isRepeated(event.corte) else { return [(event.seq, "reseller_corte_repeated")] }
            return try book([event]).map { ($0, "reseller_corte_conflict") }
        }
    }

    private func book(_ events: [ResellerCorteEvent]) throws -> [Int64] {
        let isNew = try context.session.insertNew(
            into: "reseller_corte",
            key: ["empresa_id", "corte_id"],
            columns: Self.columns,
            rows: events.map(row)
        )
        let fresh = zip(events, isNew).filter(\.1).map(\.0)
        _ = try context.session.insert(
            into: "reseller_corte_line",
            columns: Self.lineColumns,
            rows: fresh.flatMap { lines(of: $0.corte) }
        )
        return try zip(events, isNew).filter { event, isNew in try !isNew && contradicts(event.corte) }.map(\.0.seq)
    }

    private func row(_ event: ResellerCorteEvent) -> [SQLValue] {
        let (corte, box) = (event.corte, context.box)
        return [
            .text(box.empresaID), .text(corte.id), .text(box.siteID), .text(box.boxID), .integer(event.epoch),
            .integer(event.seq), .text(corte.resellerID), .text(corte.resellerName), .text(corte.currency),
            .integer(corte.number), .text(corte.cashierID), SQLValue(corte.tillID),
            .integer(corte.previousBalanceCents), .integer(corte.owedCents), .integer(corte.abonoCents),
            .integer(corte.balanceCents),
        ] + context.time(event.at)
    }

    private func lines(of corte: ResellerCorteEvent.Corte) -> [[SQLValue]] {
        corte.lines.enumerated().map { place, line in
            [
                .text(context.box.empresaID), .text(corte.id), .integer(Int64(place) + 1), .integer(line.productID),
                .text(line.productName), .integer(line.priceCents), .integer(line.commissionBasisPoints),
                .integer(line.commissionCents), .integer(line.delivered), .integer(line.returned),
                .integer(line.used), .integer(line.inHand), .integer(line.sold), .integer(line.newSold),
                .integer(line.owedCents), .integer(context.now.milliseconds),
            ]
        }
    }

    private func isRepeated(_ corte: ResellerCorteEvent.Corte) throws -> Bool {
        let other = try context.session.first(
            """
            SELECT corte_id FROM reseller_corte WHERE empresa_id = $1 AND box_id = $2 AND reseller_id = $3
                AND currency = $4 AND number = $5 AND corte_id <> $6
            """,
            [
                .text(context.box.empresaID), .text(context.box.boxID), .text(corte.resellerID), .text(corte.currency),
                .integer(corte.number), .text(corte.id),
            ]
        )
        return other != nil
    }

    private func contradicts(_ corte: ResellerCorteEvent.Corte) throws -> Bool {
        let row = try context.session.first(
            """
            SELECT reseller_id, currency, number, owed_cents, abono_cents, balance_cents FROM reseller_corte
            WHERE empresa_id = $1 AND corte_id = $2
            """,
            [.text(context.box.empresaID), .text(corte.id)]
        )
        guard let row else { return true }
        return try row.text("reseller_id") != corte.resellerID || row.text("currency") != corte.currency
            || row.integer("number") != corte.number || row.integer("owed_cents") != corte.owedCents
            || row.integer("abono_cents") != corte.abonoCents || row.integer("balance_cents") != corte.balanceCents
    }
}
