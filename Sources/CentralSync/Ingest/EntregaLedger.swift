import Shared

/// The entregas to resellers read from events, each once.
struct EntregaLedger {
    private static let columns =
        [
            "empresa_id", "entrega_id", "site_id", "box_id", "epoch", "seq", "reseller_id", "reseller_name",
            "cashier_id",
            "router_id", "batch_id", "product_id", "product_name", "duration_seconds", "price_cents", "currency",
            "commission_bp", "commission_cents", "ficha_count", "first_number", "last_number",
        ] + LedgerContext.timeColumns

    let context: LedgerContext

    /// Adds those that are not here yet.
    ///
    /// - Returns: The numbers of those that contradict the entrega of the same id that is here.
    func add(_ events: [EntregaEvent]) throws -> [Int64] {
        let isNew = try context.session.insertNew(
            into: "entrega",
            key: ["empresa_id", "entrega_id"],
            columns: Self.columns,
            rows: events.map(row)
        )
        return try zip(events, isNew).filter { event, isNew in try !isNew && contradicts(event.entrega) }.map(\.0.seq)
    }

    private func row(_ event: EntregaEvent) -> [SQLValue] {
        let (entrega, box) = (event.entrega, context.box)
        return [
            .text(box.empresaID), .text(entrega.id), .text(box.siteID), .text(box.boxID), .integer(event.epoch),
            .integer(event.seq), .text(entrega.resellerID), .text(entrega.resellerName), .text(entrega.cashierID),
            .text(entrega.fichas.routerID), .text(entrega.batchID), .integer(entrega.fichas.productID),
            .text(entrega.fichas.productName), .integer(entrega.fichas.durationSeconds), .integer(entrega.priceCents),
            .text(entrega.currency), .integer(entrega.commissionBasisPoints), .integer(entrega.commissionCents),
            .integer(Int64(entrega.fichas.codes.count)), .integer(entrega.firstNumber), .integer(entrega.lastNumber),
        ] + context.time(event.at)
    }

    private func contradicts(_ entrega: EntregaEvent.Entrega) throws -> Bool {
        let row = try context.session.first(
            """
            SELECT reseller_id, product_id, price_cents, currency, commission_bp, ficha_count FROM entrega
            WHERE empresa_id = $1 AND entrega_id = $2
            """,
            [.text(context.box.empresaID), .text(entrega.id)]
        )
        guard let row else { return true }
        return try row.text("reseller_id") != entrega.resellerID
            || row.integer("product_id") != entrega.fichas.productID
            || row.integer("price_cents") != entrega.priceCents || row.text("currency") != entrega.currency
            || row.integer("commission_bp") != entrega.commissionBasisPoints
            || row.integer("ficha_count") != Int64(entrega.fichas.codes.count)
    }
}
