import ConektaSimulator
import GRDB
import Purchasing
import Shared
import Store

@testable import EdgeAgent

// What buyers were told.
extension MoneyOracle {
    /// I6, I9 and I12: nothing acknowledged is lost, nobody pays more than they saw, and the same tap is the same purchase.
    func promises(_ database: DurableDatabase, _ rows: [PurchaseRecord]) async throws -> [String] {
        var found: [String] = []
        let byID = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
        for (id, code) in world.acknowledgements.delivered {
            let row = byID[id.text]
            if row?.state != "delivered" || row?.fichaCode != code.digits {
                found.append("I6 \(id): was shown as delivered, is \(row?.state ?? "lost")")
            }
        }
        for buyer in buyers {
            // Who never got an answer has nothing to rely on; their money is looked at like all money.
            guard let taken = world.acknowledgements.taken(buyer.intent) else { continue }
            guard let row = byID[taken.id.text] else {
                if isRestored, isUnpaid(taken.id) { continue }
                found.append("I6 \(taken.id): acknowledged and lost")
                continue
            }
            let prices = [buyer.intent, buyer.intentAfterRestart].map(\.product.priceCents)
            if !(taken.priceCents.map { [$0] } ?? prices).contains(row.amountCents) {
                found.append("I9 \(taken.id): \(row.amountCents), not the price shown")
            }
            found += try await repetitions(of: buyer, taken.id, database)
        }
        let purchases = try await database.read { try PurchaseRecord.fetchCount($0) }
        if purchases != rows.count { found.append("I12 a repetition made a purchase") }
        if rows.count > buyers.count { found.append("I12 \(rows.count) purchases for \(buyers.count) buyers") }
        return found
    }

    private func isUnpaid(_ id: PurchaseID) -> Bool {
        world.conekta.snapshot.orders(withMetadata: "purchase_id", id.text).allSatisfy { $0.capturedCents == 0 }
    }

    /// I12: the same request again is the same purchase; another one with its key is refused.
    private func repetitions(of buyer: Buyer, _ id: PurchaseID, _ database: DurableDatabase) async throws -> [String] {
        let store = PurchaseStore(database: database)
        var generator = SystemRandomNumberGenerator()
        let purchase = Purchase(
            id: PurchaseID(using: &generator),
            routerID: buyer.intent.routerID,
            product: PurchasedProduct(buyer.intent.product),
            createdAt: world.time.now.time
        )
        var found: [String] = []
        if case .known(let known) = try await store.admit(purchase, intent: buyer.intent, openSince: purchase.createdAt),
            known.id == id
        {
        } else {
            found.append("I12 \(id): the same tap is another purchase")
        }
        let other = try buyer.intent.withAnotherName()
        if try await store.admit(purchase, intent: other, openSince: purchase.createdAt) != .conflict(id) {
            found.append("I12 \(id): its key was taken for another request")
        }
        return found
    }
}
