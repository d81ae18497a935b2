import ConektaSimulator
import GRDB
import Purchasing
import RouterOSSimulator
import Shared
import Store

@testable import EdgeAgent

/// The invariants of reference `reliability.md` §1.5, checked against the simulators' ledgers once all is over. What the box
/// sold for cash besides is no business of Conekta's, and has an oracle of its own.
struct MoneyOracle {
    let world: SimulatedWorld
    let buyers: [Buyer]
    /// The box was put back from a backup: it need not know again what moved no money.
    var isRestored = false

    func violations(in box: SimulatedBox) async throws -> [String] {
        try await violations(in: box.database)
    }

    /// Every violation found, in words; empty is good.
    func violations(in database: DurableDatabase) async throws -> [String] {
        let rows = try await database.read { try PurchaseRecord.fetchAll($0) }
        let ledger = world.conekta.snapshot
        let users = world.router.ledger.presentUsers
        var found: [String] = []
        for row in rows {
            let purchase = try row.purchase()
            let orders = ledger.orders(withMetadata: "purchase_id", row.id)
            found += money(purchase, orders: orders, users: users.filter { $0.comment == row.id })
            found += requests(purchase, orders: orders, counts: ledger.requests)
            if row.isOpen { found.append("I3 \(row.id): still open in \(row.state)") }
        }
        let known = Set(rows.map(\.id))
        for user in users where user.comment.hasPrefix("pur_") && !known.contains(user.comment) {
            found.append("I4 user \(user.name) belongs to no purchase")
        }
        let charged = ledger.orders.filter { isRestored ? $0.capturedCents > 0 : !$0.charges.isEmpty }
        let owned = charged.count
        let mapped = rows.filter { row in charged.contains { $0.id == row.orderID } }.count
        if owned != mapped { found.append("I2 \(owned) charged orders, \(mapped) known to the box") }
        let late = ledger.lateCalls + world.router.lateCommandCount
        if late > 0 { found.append("the run ended with \(late) late effects still to come") }
        found += try await books(database, kept: ledger.capturedCents - ledger.refundedCents)
        found += try await promises(database, rows)
        return found + (try secrets())
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

    /// I11: one charge leaves the box, whatever comes of it. Only what the way there doubled may arrive as two.
    private func requests(_ purchase: Purchase, orders: [LedgerOrder], counts: RequestCounts) -> [String] {
        var found: [String] = []
        let posts = counts.chargePostsByReference[purchase.id.text] ?? 0
        if posts > 1 { found.append("I11 \(purchase.id): \(posts) charge requests") }
        let doubled = world.script.calls.filter { call in
            call.fault == .twice && call.isCharge && orders.contains { call.request.contains($0.id) }
        }
        let charges = orders.reduce(0) { $0 + $1.charges.count }
        if charges > 1 + doubled.count { found.append("I11 \(purchase.id): \(charges) charges") }
        let doubledOrders = world.script.calls.count { $0.fault == .twice && $0.isOrder }
        if orders.count > 1 + doubledOrders { found.append("I11 \(purchase.id): \(orders.count) orders") }
        return found
    }
}
