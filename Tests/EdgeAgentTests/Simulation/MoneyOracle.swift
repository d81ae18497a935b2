import ConektaSimulator
import Foundation
import GRDB
import Purchasing
import RouterOSSimulator
import Shared
import Store
import TestSupport

@testable import EdgeAgent

/// The invariants of reference `reliability.md` §1.5, checked against the simulators' ledgers once all is over.
struct MoneyOracle {
    let world: SimulatedWorld
    let intents: [PurchaseIntent]

    /// Every violation found, in words; empty is good.
    func violations(in box: SimulatedBox) async throws -> [String] {
        let rows = try await box.database.read { try PurchaseRecord.fetchAll($0) }
        let ledger = world.conekta.snapshot
        let users = world.router.ledger.presentUsers
        var found: [String] = []
        for row in rows {
            let purchase = try row.purchase()
            let orders = ledger.orders(withMetadata: "purchase_id", row.id)
            found += money(purchase, orders: orders, users: users.filter { $0.comment == row.id })
            let posts = ledger.requests.chargePostsByReference[row.id] ?? 0
            if posts > 1 + doubledByTheWay { found.append("I11 \(row.id): \(posts) charge requests") }
            if row.isOpen { found.append("I3 \(row.id): still open in \(row.state)") }
        }
        let known = Set(rows.map(\.id))
        for user in users where user.comment.hasPrefix("pur_") && !known.contains(user.comment) {
            found.append("I4 user \(user.name) belongs to no purchase")
        }
        let owned = ledger.orders.filter { !$0.charges.isEmpty }.count
        let mapped = rows.filter { row in ledger.orders.contains { $0.id == row.orderID && !$0.charges.isEmpty } }.count
        if owned != mapped { found.append("I2 \(owned) charged orders, \(mapped) known to the box") }
        return found + (try await books(box)) + (try secrets())
    }

    // MARK: One purchase

    private func money(_ purchase: Purchase, orders: [LedgerOrder], users: [Ledger.User]) -> [String] {
        var found: [String] = []
        let captured = orders.reduce(0) { $0 + $1.capturedCents }
        let refunded = orders.reduce(0) { $0 + $1.refundedCents }
        let id = purchase.id
        switch purchase.state {
        case .delivered:
            if captured - refunded != purchase.price.cents {
                found.append("I1 \(id): delivered for \(captured - refunded)")
            }
            if captured != purchase.price.cents { found.append("I9 \(id): charged \(captured)") }
            if users.count != 1 { found.append("I4 \(id): \(users.count) users") }
            if users.first?.name != purchase.fichaCode?.digits { found.append("I4 \(id): the user has another name") }
        case .declined, .abandoned, .refunded:
            if captured != refunded { found.append("I1 \(id): \(purchase.state) with \(captured - refunded) kept") }
            if !users.isEmpty { found.append("I5 \(id): \(purchase.state) with a user on the router") }
        default:
            found.append("I3 \(id): ended in \(purchase.state) \(purchase.attention?.rawValue ?? "")")
        }
        let kept = orders.flatMap(\.charges).filter { $0.capturedCents > $0.refundedCents }
        if kept.count > 1 { found.append("I2 \(id): \(kept.count) charges kept") }
        return found
    }

    /// How many charge requests the way there may have doubled: those are not ours.
    private var doubledByTheWay: Int { world.script.sides.isEmpty ? 0 : 1 }

    // MARK: The box's books

    private func books(_ box: SimulatedBox) async throws -> [String] {
        try await box.database.read { db in
            var found: [String] = []
            let ends = try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM purchase WHERE state IN ('delivered', 'refunded')"
            )
            let ventas = try Int.fetchOne(db, sql: "SELECT count(*) FROM venta")
            if ends != ventas { found.append("I8 \(ends ?? 0) settled purchases, \(ventas ?? 0) ventas") }
            let rows = try Row.fetchAll(db, sql: "SELECT seq, body, hash FROM outbox ORDER BY seq")
            if rows.count != ventas { found.append("I8 \(rows.count) events for \(ventas ?? 0) ventas") }
            var previous = [UInt8](repeating: 0, count: 32)
            for (index, row) in rows.enumerated() {
                let body: [UInt8] = Array(row["body"] as Data)
                if row["seq"] != index + 1 { found.append("I8 event \(index + 1) is missing") }
                previous = SHA256Digest(of: previous + body).bytes
                if previous != Array(row["hash"] as Data) { found.append("I7 the chain breaks at \(index + 1)") }
            }
            return found + (try Self.steps(db))
        }
    }

    /// I7: states move only along the arrows.
    private static func steps(_ db: Database) throws -> [String] {
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
            if allowed[from]?.contains(state) != true { found.append("I7 \(id): \(from) → \(state)") }
            last = (id, state)
        }
        return found
    }

    /// I10: no card token is in the box's files.
    private func secrets() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: world.folder.url.path(percentEncoded: false))
        return try names.flatMap { name -> [String] in
            let bytes = try Data(contentsOf: world.folder.url.appending(path: name))
            return intents.filter { bytes.range(of: Data($0.cardToken.reveal().utf8)) != nil }
                .map { _ in "I10 a card token is in \(name)" }
        }
    }
}
