import Logging
import Purchasing
import ServerKit
import Shared
import Testing

@testable import EdgeAgent

/// Which requests become a purchase.
@Suite struct PurchaseDeskTests {
    @Test func `a request repeated after its product left the catalogue finds its purchase`() async throws {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        let order = try order(token: "tok_of_one_buyer", productID: 1)
        let bought = try await box.runner.admit(
            PurchaseIntent(order, product: .forTests(profile: SimulatedWorld.profile), seenMACAddress: nil)
        )
        let withdrawn = try desk(box, site: .forTests(withProducts: false))
        #expect(try await withdrawn.start(order) == bought.id)
        try box.end()
    }

    @Test func `a new request for a product that left the catalogue is refused`() async throws {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        let withdrawn = try desk(box, site: .forTests(withProducts: false))
        let error = await #expect(throws: APIError.self) {
            try await withdrawn.start(order(token: "tok_of_another", productID: 1))
        }
        #expect(error?.code == "unknown_product")
        #expect(try await box.store.openPurchases().readable.isEmpty)
        try box.end()
    }

    @Test func `nobody is charged a price that the page did not show`() async throws {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        let desk = try desk(box, site: .forTests())
        var order = try order(token: "tok_of_a_slow_buyer", productID: 1)
        order.shownPriceCents = 1_400
        let stale = order
        let error = await #expect(throws: APIError.self) { try await desk.start(stale) }
        #expect(error?.code == "price_changed")
        #expect(try await box.store.openPurchases().readable.isEmpty)
        // The price in force goes on: what stands in the way then is the router that nobody runs here.
        order.shownPriceCents = 1_500
        let current = order
        let next = await #expect(throws: APIError.self) { try await desk.start(current) }
        #expect(next?.code == "router_away")
        try box.end()
    }

    private func order(token: String, productID: Int64) throws -> PurchaseDesk.Order {
        PurchaseDesk.Order(
            router: SimulatedBox.router,
            productID: productID,
            buyer: try CheckedBuyer(cardToken: Secret(token), name: "Ana Pérez", email: "ana@example.mx"),
            sourceAddress: "10.5.50.2",
            claimedMACAddress: nil,
            connects: false,
            idempotencyKey: nil,
            joinsOpenPurchase: false
        )
    }

    private func desk(_ box: SimulatedBox, site: SiteSnapshot) throws -> PurchaseDesk {
        let fleet = RouterFleet(wallClock: .system, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let inForce = try SiteInForce.forTests(site, fleet: fleet)
        let guardian = CardTestingGuard(now: { .zero })
        let availability = CardAvailability(
            inForce: inForce,
            guardian: guardian,
            wayOut: WayOut(),
            routers: fleet,
            database: box.database
        )
        return PurchaseDesk(
            inForce: inForce,
            runner: box.runner,
            routers: fleet,
            guardian: guardian,
            availability: availability
        )
    }
}
