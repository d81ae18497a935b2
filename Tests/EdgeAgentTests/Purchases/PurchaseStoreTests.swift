import GRDB
import Purchasing
import Shared
import Store
import Testing

@testable import EdgeAgent

/// What the rows refuse, whoever writes them.
@Suite struct PurchaseStoreTests {
    @Test func `a purchase that is not as its driver left it is not overwritten`() async throws {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        let id = try await box.runner.admit(try world.buyer().intent).id
        let stale = try #require(try await box.store.purchase(id))
        var first = stale
        first.orderID = "ord_1"
        first.state = .orderCreated
        try await box.store.save(first, after: .created, isOpen: true, at: stale.createdAt)
        var second = stale
        second.refusal = .interrupted
        second.state = .abandoned
        second.endedAt = stale.createdAt
        await #expect(throws: PurchaseDrivenElsewhere.self) {
            try await box.store.save(second, after: .created, isOpen: false, at: stale.createdAt)
        }
        #expect(try await box.store.purchase(id)?.state == .orderCreated)
        try box.end()
    }

    @Test func `a row nobody can read keeps no other purchase from being taken up`() async throws {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        let broken = try await box.runner.admit(try world.buyer().intent).id
        let whole = try await box.runner.admit(try world.buyer().intent).id
        try await box.database.commit { db in
            try db.execute(sql: "UPDATE purchase SET product = '{}' WHERE id = ?", arguments: [broken.text])
        }
        let (readable, unreadable) = try await box.store.openPurchases()
        #expect(readable.map(\.id) == [whole])
        #expect(unreadable == 1)
        try box.end()
    }
}
