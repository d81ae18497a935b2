import Shared

/// What resellers brought back, read from events, each once.
struct DevolucionLedger {
    private static let columns =
        [
            "empresa_id", "devolucion_id", "site_id", "box_id", "epoch", "seq", "entrega_id", "reseller_id",
            "cashier_id",
            "ficha_count",
        ] + LedgerContext.timeColumns

    let context: LedgerContext

    /// Adds those that are not here yet.
    ///
    /// - Returns: The numbers of those that contradict the devolucion of the same id that is here.
    func add(_ events: [DevolucionEvent]) throws -> [Int64] {
        let isNew = try context.session.insertNew(
            into: "devolucion",
            key: ["empresa_id", "devolucion_id"],
            columns: Self.columns,
            rows: events.map(row)
        )
        return try zip(events, isNew).filter { event, isNew in try !isNew && contradicts(event.devolucion) }
            .map(\.0.seq)
    }

    private func row(_ event: DevolucionEvent) -> [SQLValue] {
        let (devolucion, box) = (event.devolucion, context.box)
        return [
            .text(box.empresaID), .text(devolucion.id), .text(box.siteID), .text(box.boxID), .integer(event.epoch),
            .integer(event.seq), .text(devolucion.entregaID), .text(devolucion.resellerID),
            .text(devolucion.cashierID), .integer(Int64(devolucion.fichas.codes.count)),
        ] + context.time(event.at)
    }

    private func contradicts(_ devolucion: DevolucionEvent.Devolucion) throws -> Bool {
        let row = try context.session.first(
            """
            SELECT entrega_id, reseller_id, ficha_count FROM devolucion WHERE empresa_id = $1 AND devolucion_id = $2
            """,
            [.text(context.box.empresaID), .text(devolucion.id)]
        )
        guard let row else { return true }
        return try row.text("entrega_id") != devolucion.entregaID
            || row.text("reseller_id") != devolucion.resellerID
            || row.integer("ficha_count") != Int64(devolucion.fichas.codes.count)
    }
}
