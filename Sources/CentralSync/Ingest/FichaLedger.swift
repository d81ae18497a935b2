import Shared

/// How each ficha stands, kept from the events about it, and from the ventas and entregas that sold it: the latest state and the times.
///
/// A box that sends everything again tells old states after newer ones; a ficha never goes back for that.
struct FichaLedger {
    private static let columns = [
        "empresa_id", "site_id", "code", "box_id", "router_id", "product_id", "product_name", "duration_seconds",
        "batch_id", "state", "state_rank", "clock_quality", "moves", "minted_at_ms", "sold_at_ms", "first_used_at_ms",
        "expires_at_ms", "ended_at_ms", "received_at_ms",
    ]

    private static let update: String = {
        let isNewer = "excluded.state_rank >= ficha.state_rank"
        let latest = [
            "box_id", "router_id", "product_id", "product_name", "duration_seconds", "state", "clock_quality", "moves",
            "state_rank",
        ].map { "\($0) = CASE WHEN \(isNewer) THEN excluded.\($0) ELSE ficha.\($0) END" }
        let known = ["batch_id", "minted_at_ms", "sold_at_ms", "first_used_at_ms", "expires_at_ms", "ended_at_ms"].map {
            """
            \($0) = CASE WHEN \(isNewer) THEN COALESCE(excluded.\($0), ficha.\($0))
                ELSE COALESCE(ficha.\($0), excluded.\($0)) END
            """
        }
        let assignments = (latest + known + ["received_at_ms = excluded.received_at_ms"]).joined(separator: ", ")
        return "ON CONFLICT (empresa_id, site_id, code) DO UPDATE SET \(assignments)"
    }()

    let box: Box
    let now: Timestamp
    private var fichas: [String: KnownFicha] = [:]

    init(box: Box, now: Timestamp) {
        self.box = box
        self.now = now
    }

    mutating func add(_ event: FichaEvent) {
        add(KnownFicha(event.ficha))
    }

    /// A venta that was delivered sold its ficha; one whose money went back before says nothing about any.
    mutating func add(_ event: VentaEvent) {
        guard let ficha = KnownFicha(event.venta, at: event.at) else { return }
        add(ficha)
    }

    /// What was handed over is sold as far as the ficha goes.
    mutating func add(_ event: EntregaEvent) {
        for code in event.entrega.fichas.codes {
            add(KnownFicha(code, of: event.entrega.fichas, batchID: event.entrega.batchID, soldAt: event.at))
        }
    }

    mutating func add(_ event: DevolucionEvent) {
        for code in event.devolucion.fichas.codes {
            add(KnownFicha(code, of: event.devolucion.fichas, voidedAt: event.at))
        }
    }

    private mutating func add(_ ficha: KnownFicha) {
        if fichas[ficha.code]?.merge(ficha) == nil { fichas[ficha.code] = ficha }
    }

    /// Always in the same order, so that two that write to the same rows wait for each other instead of both failing.
    func write(in session: any SQLSession) throws {
        let rows = fichas.keys.sorted().compactMap { fichas[$0].map(row) }
        try session.insertOrUpdate(into: "ficha", columns: Self.columns, rows: rows, conflict: Self.update)
    }

    private func row(_ ficha: KnownFicha) -> [SQLValue] {
        [
            .text(box.empresaID), .text(box.siteID), .text(ficha.code), .text(box.boxID), .text(ficha.routerID),
            .integer(ficha.productID), .text(ficha.productName), .integer(ficha.durationSeconds),
            SQLValue(ficha.batchID), .text(ficha.state.rawValue), .integer(ficha.rank),
            .text(ficha.clockQuality.rawValue), .integer(ficha.moves), SQLValue(ficha.mintedAt?.milliseconds),
            SQLValue(ficha.soldAt?.milliseconds), SQLValue(ficha.firstUsedAt?.milliseconds),
            SQLValue(ficha.expiresAt?.milliseconds), SQLValue(ficha.endedAt?.milliseconds),
            .integer(now.milliseconds),
        ]
    }
}
