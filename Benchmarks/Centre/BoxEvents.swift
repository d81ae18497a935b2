import Foundation
import Shared

/// A box with a backlog: its events in batches of as many as one request may hold, made before anything is measured.
struct BoxEvents: Sendable {
    static let credential = "fcb_" + String(repeating: "5", count: 64)
    static let firstCode: Int64 = 1_000_000_000
    private static let incarnation = String(repeating: "b", count: 32)
    /// At one site, as the busiest sell.
    private static let ventasPerDay: Int64 = 300

    let batches: [EventBatch]

    /// - Parameter now: When the last of them was sold.
    init(batches count: Int, until now: Timestamp) throws {
        let encoder = JSONEncoder()
        var hash = try Self.zeros
        var batches: [EventBatch] = []
        let total = Int64(count * EventBatch.maximumEvents)
        for batch in 0..<count {
            let (previous, from) = (hash, Int64(batch * EventBatch.maximumEvents) + 1)
            let events = try (from..<from + Int64(EventBatch.maximumEvents)).map { seq in
                let at = now - .milliseconds((total - seq) * 86_400_000 / Self.ventasPerDay)
                let text = String(decoding: try encoder.encode(Self.event(seq, at: at)), as: UTF8.self)
                hash = SHA256Digest(of: hash.bytes + Array(text.utf8))
                return text
            }
            batches.append(
                EventBatch(
                    epoch: 1,
                    incarnation: Self.incarnation,
                    fromSeq: from,
                    previousHash: previous,
                    sentAt: now,
                    events: events
                )
            )
        }
        self.batches = batches
    }

    /// The box, so that it may send.
    static func rows(in store: BenchStore) -> [String] {
        let zero = String(repeating: "0", count: 64)
        return [
            """
            INSERT INTO empresa (empresa_id, name, sends_shipping_contact, is_disabled, version, created_at_ms,
                updated_at_ms) VALUES ('emp_bench', 'b', 0, 0, 1, 0, 0)
            """,
            """
            INSERT INTO site (empresa_id, site_id, name, time_zone, snapshot_version, created_at_ms)
            VALUES ('emp_bench', 'site_bench', 's', 'America/Mexico_City', 1, 0)
            """,
            """
            INSERT INTO box (empresa_id, box_id, site_id, last_epoch, applied_version, is_forked, is_blocked,
                enrolled_at_ms, last_seen_at_ms) VALUES ('emp_bench', 'box_bench', 'site_bench', 1, 0, 0, 0, 0, 0)
            """,
            """
            INSERT INTO box_credential (sha256, empresa_id, box_id)
            VALUES (\(store.bytes(SHA256Digest(of: credential).hexadecimal)), 'emp_bench', 'box_bench')
            """,
            """
            INSERT INTO box_status (empresa_id, box_id, site_id, last_seen_at_ms, complete_until_ms, unsynced_events,
                purchases_in_doubt, purchases_for_attention, routers_away, is_refusing)
            VALUES ('emp_bench', 'box_bench', 'site_bench', 0, 0, 0, 0, 0, 0, 0)
            """,
            """
            INSERT INTO box_epoch (empresa_id, box_id, epoch, incarnation, reason, acked_seq, acked_hash, opened_at_ms)
            VALUES ('emp_bench', 'box_bench', 1, '\(incarnation)', 'enrolled', 0, \(store.bytes(zero)), 0)
            """,
        ]
    }

    private static var zeros: SHA256Digest {
        get throws {
            guard let digest = SHA256Digest(bytes: [UInt8](repeating: 0, count: 32)) else {
                throw CocoaError(.formatting)
            }
            return digest
        }
    }

    private static func event(_ seq: Int64, at: Timestamp) -> VentaEvent {
        let cents = 1_000 + seq % 5 * 500
        let isRefunded = seq % 50 == 0
        var generator = SystemRandomNumberGenerator()
        let venta = VentaEvent.Venta(
            id: PurchaseID(using: &generator).text,
            method: seq % 3 == 0 ? "cash" : "card",
            outcome: isRefunded ? .refunded : .delivered,
            routerID: "rtr_7m2q9x4c8v1b5n3k6j0h2g4f8d",
            productID: seq / 7 % 6,
            productName: "Ficha de 24 horas",
            durationSeconds: 86_400,
            fichaCode: String(firstCode + seq),
            amountCents: cents,
            refundedCents: isRefunded ? cents : 0,
            currency: "MXN",
            orderID: "ord_2tUigJ8DgBhbp6w5D\(seq)",
            chargeID: "6f1c2d3e4b5a69788796a5b4\(seq)"
        )
        return VentaEvent(boxID: "box_7m2q9x4c8v1b5n3k6j0h2g4f8d", epoch: 1, seq: seq, at: at, venta: venta)
    }
}
