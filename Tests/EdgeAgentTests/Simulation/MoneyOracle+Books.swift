import Foundation
import GRDB
import Shared
import Store

// What the box has written down about itself.
extension MoneyOracle {
    /// I8 and I7: each settled purchase is one venta and one event, the chain holds, and the sum is Conekta's.
    func books(_ database: DurableDatabase, kept: Int64) async throws -> [String] {
        let isRestored = isRestored
        return try await database.read { db in
            var found: [String] = []
            let ends = try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM purchase WHERE state IN ('delivered', 'refunded')"
            )
            let ventas = try Int.fetchOne(db, sql: "SELECT count(*) FROM venta WHERE method = 'card'")
            if ends != ventas { found.append("I8 \(ends ?? 0) settled purchases, \(ventas ?? 0) ventas") }
            let sold = try Int64.fetchOne(
                db,
                sql: "SELECT ifnull(sum(amount_cents - refunded_cents), 0) FROM venta WHERE method = 'card'"
            )
            if sold != kept { found.append("I8 \(sold ?? 0) sold, \(kept) kept by Conekta") }
            let told = try String.fetchAll(
                db,
                sql: "SELECT json_extract(body, '$.venta.id') FROM outbox WHERE kind = 'venta' ORDER BY 1"
            )
            let written = try String.fetchAll(db, sql: "SELECT id FROM venta ORDER BY id")
            if told != written { found.append("I8 \(told.count) events for \(written.count) ventas") }
            let rows = try Row.fetchAll(db, sql: "SELECT seq, body, hash FROM outbox ORDER BY seq")
            var previous = [UInt8](repeating: 0, count: 32)
            for (index, row) in rows.enumerated() {
                let body: [UInt8] = Array(row["body"] as Data)
                if row["seq"] != index + 1 { found.append("I8 event \(index + 1) is missing") }
                previous = SHA256Digest(of: previous + body).bytes
                if previous != Array(row["hash"] as Data) { found.append("I7 the chain breaks at \(index + 1)") }
            }
            return found + (try Self.fichas(db)) + (try Self.steps(db, isRestored: isRestored))
        }
    }

    /// I4: what is sold is what is delivered, one ficha each.
    private static func fichas(_ db: Database) throws -> [String] {
        let wrong = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM purchase LEFT JOIN ficha ON ficha.purchase_id = purchase.id AND ficha.state = 'sold'
                WHERE (purchase.state = 'delivered') <> (ficha.code IS NOT NULL AND ficha.code = purchase.ficha_code)
                """
        )
        return wrong == 0 ? [] : ["I4 \(wrong ?? 0) purchases whose ficha is not theirs"]
    }

    /// I7: states move only along the arrows; a restored box may find a purchase further along than it left it.
    private static func steps(_ db: Database, isRestored: Bool) throws -> [String] {
        let allowed: [String: Set<String>] = [
            "": ["created"],
            "created": ["order_created", "abandoned"],
            "order_created": ["charging", "abandoned"],
            "charging": ["paid", "in_doubt", "declined", "refunding", "needs_attention"],
            "in_doubt": ["paid", "declined", "refunding", "needs_attention"],
            "paid": ["delivered", "refunding"],
            "declined": ["refunding", "needs_attention"],
            "refunding": ["refunded", "needs_attention"],
            "needs_attention": ["in_doubt", "paid", "declined", "refunding", "refunded"],
        ]
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT purchase_id, state FROM purchase_step ORDER BY purchase_id, ordinal"
        )
        var found: [String] = []
        var last: (id: String, state: String) = ("", "")
        for row in rows {
            let (id, state): (String, String) = (row["purchase_id"], row["state"])
            let from = id == last.id ? last.state : ""
            let findings = ["in_doubt", "delivered", "refunding", "refunded", "needs_attention"]
            let isFound = isRestored && !["delivered", "refunded"].contains(from) && findings.contains(state)
            if !isFound, allowed[from]?.contains(state) != true { found.append("I7 \(id): \(from) → \(state)") }
            last = (id, state)
        }
        return found
    }
}
