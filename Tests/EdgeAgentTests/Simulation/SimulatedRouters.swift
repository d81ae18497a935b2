import Purchasing
import RouterOS
import Shared

@testable import EdgeAgent

/// The production delivery and connection over a simulated line.
struct SimulatedRouters: PurchaseRouters, BuyerConnecting {
    private let hotspot: Hotspot
    private let delivery: HotspotDelivery
    private let connector: DeviceConnector
    private let world: SimulatedWorld

    init(line: SimulatedRouterLine, world: SimulatedWorld) {
        self.world = world
        hotspot = Hotspot(line)
        delivery = HotspotDelivery(router: SimulatedBox.router, hotspot: hotspot, logger: world.log.logger)
        connector = DeviceConnector(
            router: SimulatedBox.router,
            hotspot: hotspot,
            clock: world.time,
            logger: world.log.logger
        )
    }

    func isConnected(_ routerID: String) async -> Bool { !world.isRouterAway }

    /// These buyers' phones are not looked for.
    func macAddress(at sourceAddress: String?, routerID: String) async -> MACAddress? { nil }

    func check(_ product: SiteSnapshot.Product, routerID: String) async -> ProvisioningFailure? {
        await delivery.check(profile: product.mikrotikProfile)
    }

    func provision(_ code: FichaCode, for purchase: Purchase) async -> ProvisioningFailure? {
        await delivery.provision(code, for: purchase)
    }

    func removeUser(_ code: FichaCode, of purchase: Purchase) async -> Bool {
        await delivery.removeUser(code, of: purchase)
    }

    func users(at routerID: String) async -> RouterUsers {
        guard routerID == SimulatedBox.router.id else { return .gone }
        do {
            return .listed(try await hotspot.users())
        } catch {
            return .away
        }
    }

    func connectBuyer(_ device: BuyerDevice, with code: FichaCode, routerID: String) async -> ConnectionOutcome {
        await connector.connect(device, with: code)
    }
}
