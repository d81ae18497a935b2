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

    @Test func `a request that joined a purchase is that purchase's still when it is over`() async throws {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        let phone = try #require(MACAddress("02:00:00:00:00:01"))
        func intent(_ token: String) throws -> PurchaseIntent {
            let order = PurchaseDesk.Order(
                router: SimulatedBox.router,
                productID: 1,
                buyer: try CheckedBuyer(cardToken: Secret(token), name: "Ana Pérez", email: "ana@example.mx"),
                sourceAddress: "10.5.50.2",
                claimedMACAddress: nil,
                connects: false,
                idempotencyKey: nil,
                joinsOpenPurchase: true
            )
            let product = SiteSnapshot.Product.forTests(profile: SimulatedWorld.profile)
            return PurchaseIntent(order, product: product, seenMACAddress: phone)
        }
        let first = try await box.runner.admit(try intent("tok_the_first")).id
        #expect(try await box.runner.admit(try intent("tok_the_second")).id == first)
        var over = try #require(try await box.store.purchase(first))
        over.refusal = .interrupted
        over.state = .abandoned
        over.endedAt = over.createdAt
        try await box.store.save(over, after: .created, isOpen: false, at: over.createdAt)
        #expect(try await box.runner.admit(try intent("tok_the_second")).id == first)
        #expect(try await box.runner.admit(try intent("tok_the_third")).id != first)
        try box.end()
    }
}
