import Shared

/// The events of a batch by what they tell, and what of them cannot be understood.
struct SortedEvents {
    var ventas: [VentaEvent] = []
    var voids: [VoidEvent] = []
    var cortes: [CorteEvent] = []
    var entregas: [EntregaEvent] = []
    var devoluciones: [DevolucionEvent] = []
    var resellerCortes: [ResellerCorteEvent] = []
    var fichas: FichaLedger
    var quarantined: [(seq: Int64, reason: String)] = []

    init(fichas: FichaLedger) {
        self.fichas = fichas
    }

    /// - Returns: What kind of event it says it is.
    mutating func add(_ event: ReadEvent, seq: Int64) -> String {
        switch event {
        case .venta(let venta):
            ventas.append(venta)
            fichas.add(venta)
            return venta.kind
        case .ficha(let ficha):
            fichas.add(ficha)
            return ficha.kind
        case .void(let void):
            voids.append(void)
            return void.kind
        case .corte(let corte):
            cortes.append(corte)
            return corte.kind
        case .entrega(let entrega):
            entregas.append(entrega)
            fichas.add(entrega)
            return entrega.kind
        case .devolucion(let devolucion):
            devoluciones.append(devolucion)
            fichas.add(devolucion)
            return devolucion.kind
        case .resellerCorte(let corte):
            resellerCortes.append(corte)
            return corte.kind
        case .unreadable(let kind, let reason):
            quarantined.append((seq, reason))
            return kind
        }
    }
}
