import Foundation
import Shared

@testable import CentralSync

/// A box's events as a box would make them: numbered, chained, and cut into batches at will.
struct EventChain {
    let boxID: String
    let epoch: Int64
    let incarnation: String
    private(set) var events: [String] = []
    private(set) var hashes: [SHA256Digest] = [EventChain.zeros]

    static let zeros = SHA256Digest(bytes: [UInt8](repeating: 0, count: 32)) ?? SHA256Digest(of: "")

    init(boxID: String = "box_1", epoch: Int64 = 1, incarnation: String = Tenants.incarnation) {
        self.boxID = boxID
        self.epoch = epoch
        self.incarnation = incarnation
    }

    var head: SyncPoint { SyncPoint(epoch: epoch, seq: Int64(events.count), hash: hashes[events.count]) }

    mutating func addVenta(
        _ id: String,
        cents: Int64 = 1_500,
        outcome: VentaEvent.Outcome = .delivered,
        at time: Timestamp = Tenants.now,
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

    mutating func add(_ text: String) {
        hashes.append(SHA256Digest(of: hashes[events.count].bytes + Array(text.utf8)))
        events.append(text)
    }

    /// The events with these numbers.
    func batch(_ numbers: ClosedRange<Int>) -> EventBatch {
        EventBatch(
            epoch: epoch,
            incarnation: incarnation,
            fromSeq: Int64(numbers.lowerBound),
            previousHash: hashes[numbers.lowerBound - 1],
            sentAt: Tenants.now,
            events: Array(events[(numbers.lowerBound - 1)..<numbers.upperBound])
        )
    }
}
