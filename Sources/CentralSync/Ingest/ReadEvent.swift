import FoundationEssentials
import Shared

/// What an event says, or why it cannot be understood. What cannot is kept as it came and acknowledged: one event that
/// nobody understands must not hold up the sales behind it (reference `reliability.md` §3.1, PowerSync).
enum ReadEvent: Sendable, Equatable {
    case venta(VentaEvent)
    case ficha(FichaEvent)
    case void(VoidEvent)
    case corte(CorteEvent)
    case entrega(EntregaEvent)
    case devolucion(DevolucionEvent)
    case resellerCorte(ResellerCorteEvent)
    case unreadable(kind: String, reason: String)

    private struct Head: Decodable {
        let kind: String?
        let epoch: Int64?
        let seq: Int64?
    }

    init(_ text: String, epoch: Int64, seq: Int64) {
        if let event = PlainVenta.read(text), event.epoch == epoch, event.seq == seq {
            self = Self.isPlausible(event.venta) ? .venta(event) : .unreadable(kind: event.kind, reason: "implausible")
        } else {
            self.init(anyJSON: text, epoch: epoch, seq: seq)
        }
    }

    /// Whatever it is, as the general reader of JSON finds it.
    init(anyJSON text: String, epoch: Int64, seq: Int64) {
        let data = Data(text.utf8)
        guard let head = try? JSONDecoder().decode(Head.self, from: data) else {
            self = .unreadable(kind: "", reason: "not_json")
            return
        }
        let kind = head.kind.map { String($0.prefix(40)).filter { $0 != "\0" } } ?? ""
        guard head.epoch == epoch, head.seq == seq else {
            self = .unreadable(kind: kind, reason: "misnumbered")
            return
        }
        let event: ReadEvent? =
            switch kind {
            case "venta": Self.read(data, { Self.isPlausible($0.venta) }, ReadEvent.venta)
            case "ficha": Self.read(data, { Self.isPlausible($0.ficha) }, ReadEvent.ficha)
            case "void": Self.read(data, { Self.isPlausible($0.void) }, ReadEvent.void)
            case "corte": Self.read(data, { Self.isPlausible($0.corte) }, ReadEvent.corte)
            case "entrega": Self.read(data, { Self.isPlausible($0.entrega) }, ReadEvent.entrega)
            case "devolucion": Self.read(data, { Self.isPlausible($0.devolucion) }, ReadEvent.devolucion)
            case "corte_revendedor": Self.read(data, { Self.isPlausible($0.corte) }, ReadEvent.resellerCorte)
            default: .unreadable(kind: kind, reason: "unknown_kind")
            }
        switch event {
        case .some(let event): self = event
        case nil: self = .unreadable(kind: kind, reason: "unreadable")
        }
    }

    /// Nil for what is not read.
    private static func read<Event: BoxEvent>(
        _ data: Data,
        _ isPlausible: (Event) -> Bool,
        _ make: (Event) -> ReadEvent
    ) -> ReadEvent? {
        guard let event = try? JSONDecoder().decode(Event.self, from: data) else { return nil }
        return isPlausible(event) ? make(event) : .unreadable(kind: event.kind, reason: "implausible")
    }

    /// PostgreSQL takes no NUL in a text, and a sum of absurd amounts would overflow.
    private static func isPlausible(_ venta: VentaEvent.Venta) -> Bool {
        let texts = [
            venta.id, venta.method, venta.routerID, venta.productName, venta.fichaCode ?? "", venta.currency,
            venta.orderID ?? "", venta.chargeID ?? "", venta.tillID ?? "", venta.cashierID ?? "",
            venta.resellerID ?? "", venta.entregaID ?? "",
        ]
        let limit: Int64 = 100_000_000_000
        return arePlausible(texts) && !venta.id.isEmpty
            && (0...limit).contains(venta.amountCents) && (0...limit).contains(venta.refundedCents)
            && venta.refundedCents <= venta.amountCents
            && (0...venta.amountCents).contains(venta.commissionCents ?? 0)
    }

    private static func isPlausible(_ ficha: FichaEvent.Ficha) -> Bool {
        let texts = [ficha.code, ficha.routerID, ficha.productName, ficha.currency, ficha.batchID ?? ""]
        // A code that is only kept for a purchase is no ficha yet.
        return arePlausible(texts) && !ficha.code.isEmpty && ficha.to != .reserved
    }

    private static func isPlausible(_ void: VoidEvent.VoidedVenta) -> Bool {
        arePlausible([void.ventaID, void.cashierID, void.reason, void.currency])
    }

    private static func isPlausible(_ corte: CorteEvent.Corte) -> Bool {
        let limit: Int64 = 100_000_000_000
        return arePlausible([corte.id, corte.tillID, corte.cashierID, corte.currency]) && !corte.id.isEmpty
            && [
                corte.soldCents, corte.voidedCents, corte.countedCents, corte.abonoCents ?? 0, corte.abonoCount ?? 0,
            ].allSatisfy { (0...limit).contains($0) }
            && corte.voidedCents <= corte.soldCents
    }

    static func arePlausible(_ texts: [String]) -> Bool {
        texts.allSatisfy { $0.utf8.count <= 1_024 && !$0.hasNUL }
    }
}

/// An event of a box, which says what kind it is.
private protocol BoxEvent: Decodable {
    var kind: String { get }
}

extension VentaEvent: BoxEvent {}
extension FichaEvent: BoxEvent {}
extension VoidEvent: BoxEvent {}
extension CorteEvent: BoxEvent {}
extension EntregaEvent: BoxEvent {}
extension DevolucionEvent: BoxEvent {}
extension ResellerCorteEvent: BoxEvent {}
