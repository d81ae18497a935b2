import Purchasing
import RouterOS
import RouterOSSimulator
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// Somebody bought an hour and used some of it; the box lost its disk and finds the sale again. They get what is left, not
/// a second less.
@Suite(.timeLimit(.minutes(5))) struct RestoredFichaTests {
    private static let hour = Duration.seconds(3_600)

    private func purchase(_ clock: FichaClock) -> Purchase {
        var generator = SplitMix64(seed: 9)
        return Purchase(
            id: PurchaseID(using: &generator),
            routerID: "r1",
            product: .ficha(clock: clock),
            createdAt: FichaWorld.start
        )
    }

    /// As ``RestorationPass`` writes it down.
    private func restored(_ purchase: Purchase, _ user: HotspotUser) throws -> RestoredPurchase {
        var found = purchase
        found.state = .delivered
        found.orderID = "ord_1"
        found.chargeID = "chg_1"
        found.chargeSentAt = purchase.createdAt
        found.chargedCents = purchase.price.cents
        found.refundedCents = 0
        found.paidAt = purchase.createdAt
        found.endedAt = purchase.createdAt
        found.remember(user)
        let intent = try PurchaseIntent(router: .forTests(), product: .forTests(), cardToken: Secret("tok_test_visa"))
        return RestoredPurchase(
            purchase: found,
            metadata: OrderMetadata(purchase, fingerprint: intent.fingerprint, siteID: "site_1"),
            customerName: "Ana",
            customerEmail: "ana@example.mx",
            soldAt: purchase.createdAt,
            device: user.macAddress,
            isOpen: false,
            awaitsRestoration: false
        )
    }

    @Test(arguments: FichaClock.allCases, [true, false])
    func `an hour stays an hour`(clock: FichaClock, isOnlineMeanwhile: Bool) async throws {
        let world = try FichaWorld()
        try await world.startBox()
        let phone = Phone.number(1)
        world.router.join(phone)
        let purchase = purchase(clock)
        var generator = SplitMix64(seed: 4)
        let bought = Ficha.mint(
            FichaCode(using: &generator),
            comment: RouterComment(purchase.id),
            product: purchase.product,
            routerID: "r1",
            at: try world.moment
        )
        let code = try await world.sell(bought)
        try await world.pass(.seconds(60))
        #expect(try await world.type(code, on: phone) == .connected)
        let firstUse = world.now
        try await world.pass(.seconds(1_200))
        if !isOnlineMeanwhile { world.router.leave(phone.mac) }
        try world.loseBox()
        try await world.pass(.seconds(600))

        try await world.startBox()
        #expect(try await world.store.ficha(code) == nil)
        let user = try #require(try await Hotspot(world.line).user(named: code.digits))
        let store = PurchaseStore(database: try world.store.database)
        let found = try restored(purchase, user)
        try await store.write(found, at: world.now)
        #expect(try await store.purchase(purchase.id)?.fichaCode == code)
        // Written down twice, it is one sale.
        try await store.write(found, at: world.now)
        if !isOnlineMeanwhile { world.router.join(phone) }
        try await world.pass(.seconds(5_400))

        let ficha = try await world.store.ficha(code)
        #expect(ficha?.state == .expired)
        #expect(world.router.ledger.presentUsers.isEmpty)
        switch (clock, isOnlineMeanwhile) {
        case (.pausado, _):
            let online = world.onlineTime.values.reduce(.zero, +)
            #expect(online >= Self.hour && online <= Self.hour + .seconds(60), "\(online)")
        case (.corrido, true):
            let got = try #require(world.lastOnline.values.max()) - firstUse
            #expect(got >= Self.hour && got <= Self.hour + .seconds(60), "\(got)")
        case (.corrido, false):
            // When it was first used nobody knows any more: no later than what the router counted, which is generous.
            let got = try #require(world.lastOnline.values.max()) - firstUse
            #expect(got >= Self.hour && got <= Self.hour + .seconds(660), "\(got)")
        }
        try world.stopBox()
    }
}
