import Foundation
public import Shared

/// A box's events as a box would make them: numbered, chained, and cut into batches at will.
public struct EventChain: Sendable {
    /// When all of it happens, unless told otherwise.
    public static let now = Timestamp(seconds: 1_800_000_000)
    public static let incarnation = String(repeating: "a", count: 32)

    public let boxID: String
    public let epoch: Int64
    public let incarnation: String
    public private(set) var events: [String] = []
    public private(set) var hashes: [SHA256Digest] = [.zeros]

    public init(boxID: String = "box_1", epoch: Int64 = 1, incarnation: String = EventChain.incarnation) {
        self.boxID = boxID
        self.epoch = epoch
        self.incarnation = incarnation
    }

    public var head: SyncPoint { SyncPoint(epoch: epoch, seq: Int64(events.count), hash: hashes[events.count]) }

    public mutating func addVenta(
        _ id: String,
        cents: Int64 = 1_500,
        outcome: VentaEvent.Outcome = .delivered,
        at time: Timestamp = EventChain.now,
        productName: String = "1 hora"
    ) throws {
        let venta = VentaEvent.Venta(
            id: id,
            method: "card",
            outcome: outcome,
            routerID: "r1",
            productID: 1,
            productName: productName,
            durationSeconds: 3_600,
            fichaCode: "4382719056",
            amountCents: cents,
            refundedCents: outcome == .refunded ? cents : 0,
            currency: "MXN",
            orderID: "ord_" + id,
            chargeID: "chg_" + id
        )
        let event = VentaEvent(boxID: boxID, epoch: epoch, seq: Int64(events.count) + 1, at: time, venta: venta)
        add(String(decoding: try JSONEncoder().encode(event), as: UTF8.self))
    }

    /// A sale for cash at a till of `usr_ana`.
    public mutating func addCashVenta(
        _ id: String,
        cents: Int64 = 1_500,
        folio: Int64 = 1,
        at time: Timestamp = EventChain.now
    ) throws {
        let venta = VentaEvent.Venta(
            id: id,
            method: "cash",
            outcome: .delivered,
            routerID: "r1",
            productID: 1,
            productName: "1 hora",
            durationSeconds: 3_600,
            fichaCode: "4382719056",
            amountCents: cents,
            refundedCents: 0,
            currency: "MXN",
            orderID: nil,
            chargeID: nil,
            tillID: "til_1",
            folio: folio,
            cashierID: "usr_ana"
        )
        let event = VentaEvent(boxID: boxID, epoch: epoch, seq: Int64(events.count) + 1, at: time, venta: venta)
        add(String(decoding: try JSONEncoder().encode(event), as: UTF8.self))
    }

    /// A sale for cash goes back.
    public mutating func addVoid(
        of id: String,
        cents: Int64 = 1_500,
        currency: String = "MXN",
        reason: String = "Me equivoqué",
        at time: Timestamp = EventChain.now
    ) throws {
        let void = VoidEvent.VoidedVenta(
            ventaID: id,
            cashierID: "usr_ana",
            reason: reason,
            amountCents: cents,
            currency: currency
        )
        let event = VoidEvent(boxID: boxID, epoch: epoch, seq: Int64(events.count) + 1, at: time, void: void)
        add(String(decoding: try JSONEncoder().encode(event), as: UTF8.self))
    }

    /// A step of a ficha that was minted at `EventChain.now`.
    public mutating func addFicha(
        _ code: String,
        from: FichaState?,
        to: FichaState,
        moves: Int64 = 0,
        soldAt: Timestamp? = nil,
        firstUsedAt: Timestamp? = nil,
        productName: String = "1 hora"
    ) throws {
        let ficha = FichaEvent.Ficha(
            code: code,
            from: from,
            to: to,
            routerID: "r1",
            productID: 1,
            productName: productName,
            priceCents: 1_500,
            currency: "MXN",
            durationSeconds: 3_600,
            clock: .corrido,
            clockQuality: .synced,
            batchID: "lote-1",
            moves: moves,
            mintedAt: EventChain.now,
            soldAt: soldAt,
            firstUsedAt: firstUsedAt,
            expiresAt: firstUsedAt.map { $0 + .seconds(3_600) },
            endedAt: to.isEnd ? EventChain.now : nil
        )
        let seq = Int64(events.count) + 1
        let event = FichaEvent(boxID: boxID, epoch: epoch, seq: seq, at: EventChain.now, ficha: ficha)
        add(String(decoding: try JSONEncoder().encode(event), as: UTF8.self))
    }

    public mutating func add(_ text: String) {
        hashes.append(SHA256Digest(of: hashes[events.count].bytes + Array(text.utf8)))
        events.append(text)
    }

    /// The events with these numbers.
    public func batch(_ numbers: ClosedRange<Int>) -> EventBatch {
        EventBatch(
            epoch: epoch,
            incarnation: incarnation,
            fromSeq: Int64(numbers.lowerBound),
            previousHash: hashes[numbers.lowerBound - 1],
            sentAt: EventChain.now,
            events: Array(events[(numbers.lowerBound - 1)..<numbers.upperBound])
        )
    }
}
