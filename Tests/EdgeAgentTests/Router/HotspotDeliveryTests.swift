import Purchasing
import RouterOSSimulator
import Shared
import Testing

@testable import EdgeAgent
@testable import RouterOS

/// The user of a purchase, made and taken away.
@Suite struct HotspotDeliveryTests {
    @Test func `a removal cut off in its middle is done to its end the next time`() async throws {
        let world = try SimulatedWorld()
        let line = SimulatedRouterLine(world: world, life: world.beginLife(), crash: CrashSignal())
        let routers = SimulatedRouters(line: line, world: world)
        let code = world.codes.draw()
        let purchase = try purchase(at: world.time.now.time)
        #expect(await routers.provision(code, for: purchase) == nil)

        let phone = try #require(MACAddress("02:00:00:00:00:01"))
        world.router.join(Phone(mac: phone, ip: try #require(IPv4Address("10.5.50.20"))))
        #expect(world.router.signIn(phone, user: code.digits, password: code.digits) == nil)

        world.router.add(Fault(.drop(executes: false), on: "/ip/hotspot/active"))
        #expect(await !routers.removeUser(code, of: purchase))
        #expect(world.router.ledger.presentUsers.isEmpty)
        #expect(world.router.ledger.logins.last?.endedAt == nil, "still online")
        #expect(await routers.removeUser(code, of: purchase))
        #expect(world.router.ledger.logins.last?.endedAt != nil)
        #expect(world.router.tables["/ip/hotspot/cookie"]?.isEmpty == true)
    }

    @Test func `a user of that name that is somebody else's stays, and so does its session`() async throws {
        let world = try SimulatedWorld()
        let line = SimulatedRouterLine(world: world, life: world.beginLife(), crash: CrashSignal())
        let routers = SimulatedRouters(line: line, world: world)
        let code = world.codes.draw()
        world.router.console(["/ip/hotspot/user/add", Word("=name=\(code.digits)"), "=comment=del mostrador"])
        #expect(await routers.removeUser(code, of: try purchase(at: world.time.now.time)))
        #expect(world.router.ledger.presentUsers.map(\.name) == [code.digits])
    }

    private func purchase(at time: Timestamp) throws -> Purchase {
        var generator = SystemRandomNumberGenerator()
        return Purchase(
            id: PurchaseID(using: &generator),
            routerID: SimulatedBox.router.id,
            product: PurchasedProduct(.forTests(profile: SimulatedWorld.profile)),
            createdAt: time
        )
    }
}
