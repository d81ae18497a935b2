import FoundationEssentials
import Shared

/// What can go up to the centre, by the kind of its event.
enum OutboxFact: Sendable, Equatable {
    case venta(VentaEvent.Venta)
    case ficha(FichaEvent.Ficha)
    case void(VoidEvent.VoidedVenta)
    case corte(CorteEvent.Corte)
    case entrega(EntregaEvent.Entrega)
    case devolucion(DevolucionEvent.Devolucion)
    case resellerCorte(ResellerCorteEvent.Corte)

    /// The fact of an event that was written before, and when it was.
    ///
    /// - Throws: `DecodingError`; ``UnknownEventKind``.
    static func read(kind: String, body: Data) throws -> (fact: OutboxFact, at: Timestamp) {
        let decoder = JSONDecoder()
        switch kind {
        case "venta":
            let event = try decoder.decode(VentaEvent.self, from: body)
            return (.venta(event.venta), event.at)
        case "ficha":
            let event = try decoder.decode(FichaEvent.self, from: body)
            return (.ficha(event.ficha), event.at)
        case "void":
            let event = try decoder.decode(VoidEvent.self, from: body)
            return (.void(event.void), event.at)
        case "corte":
            let event = try decoder.decode(CorteEvent.self, from: body)
            return (.corte(event.corte), event.at)
        case "entrega":
            let event = try decoder.decode(EntregaEvent.self, from: body)
            return (.entrega(event.entrega), event.at)
        case "devolucion":
            let event = try decoder.decode(DevolucionEvent.self, from: body)
            return (.devolucion(event.devolucion), event.at)
        case "corte_revendedor":
            let event = try decoder.decode(ResellerCorteEvent.self, from: body)
            return (.resellerCorte(event.corte), event.at)
        default: throw UnknownEventKind(kind: kind)
        }
    }

    var kind: String {
        switch self {
        case .venta: "venta"
        case .ficha: "ficha"
        case .void: "void"
        case .corte: "corte"
        case .entrega: "entrega"
        case .devolucion: "devolucion"
        case .resellerCorte: "corte_revendedor"
        }
    }

    /// The bytes that are stored, chained and sent.
    func event(boxID: String, epoch: Int64, seq: Int64, at time: Timestamp) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        switch self {
        case .venta(let venta):
            return try encoder.encode(VentaEvent(boxID: boxID, epoch: epoch, seq: seq, at: time, venta: venta))
        case .ficha(let ficha):
            return try encoder.encode(FichaEvent(boxID: boxID, epoch: epoch, seq: seq, at: time, ficha: ficha))
        case .void(let void):
            return try encoder.encode(VoidEvent(boxID: boxID, epoch: epoch, seq: seq, at: time, void: void))
        case .corte(let corte):
            return try encoder.encode(CorteEvent(boxID: boxID, epoch: epoch, seq: seq, at: time, corte: corte))
        case .entrega(let entrega):
            return try encoder.encode(EntregaEvent(boxID: boxID, epoch: epoch, seq: seq, at: time, entrega: entrega))
        case .devolucion(let devolucion):
            return try encoder.encode(
                DevolucionEvent(boxID: boxID, epoch: epoch, seq: seq, at: time, devolucion: devolucion)
            )
        case .resellerCorte(let corte):
            return try encoder.encode(ResellerCorteEvent(boxID: boxID, epoch: epoch, seq: seq, at: time, corte: corte))
        }
    }
}

/// The outbox holds what this version never wrote.
struct UnknownEventKind: Error {
    let kind: String
}
