import Logging
import Purchasing
import RouterOS
import RouterOSSimulator
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// What a user gets that was paid for: the profile of its product and no other.
@Suite struct HotspotProfileTests {
    private let code: FichaCode
    private let purchase: Purchase

    init() {
        var generator = SplitMix64(seed: 3)
        code = FichaCode(using: &generator)
        purchase = Purchase(
            id: PurchaseID(using: &generator),
            routerID: "r1",
            product: PurchasedProduct(.forTests(profile: "1h")),
            createdAt: Timestamp(seconds: 1_800_000_000)
        )
    }

    private func delivery(_ line: RouterLine) -> HotspotDelivery {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return HotspotDelivery(router: .forTests(), hotspot: Hotspot(line), logger: logger)
    }

    private func profile(_ line: RouterLine) -> String? {
        line.router.tables["/ip/hotspot/user"]?.first { $0["name"] == code.digits }?["profile"]
    }

    @Test func `a profile whose name only begins so is not taken for the one that is gone`() async {
        let line = RouterLine(profiles: ["1hora"])
        #expect(await delivery(line).provision(code, for: purchase) == .refused)
        #expect(profile(line) == nil)
    }

    @Test func `a profile that is there is found beside longer ones, and asked about once`() async {
        let line = RouterLine(profiles: ["1hora", "1h"])
        let delivery = delivery(line)
        #expect(await delivery.provision(code, for: purchase) == nil)
        #expect(profile(line) == "1h")
        #expect(await delivery.provision(code, for: purchase) == nil, "ours by its comment")
        #expect(line.asked("/ip/hotspot/user/profile/print") == 1)
        line.reconnect()
        #expect(await delivery.provision(code, for: purchase) == nil)
        #expect(line.asked("/ip/hotspot/user/profile/print") == 2)
    }

    @Test func `a profile that is made later is found without a new connection`() async {
        let line = RouterLine(profiles: ["1hora"])
        let delivery = delivery(line)
        #expect(await delivery.provision(code, for: purchase) == .refused)
        line.router.addUserProfile("1h")
        #expect(await delivery.provision(code, for: purchase) == nil)
        #expect(profile(line) == "1h")
    }
}
