import Conekta
import ConektaSimulator
import Logging
import Purchasing
import RouterOS
import Shared
import Store
import TestSupport

@testable import EdgeAgent

/// One life of the box, from start to crash, on a real SQLite file: the production store, runner, payment client and
/// router commands, with only the sockets replaced.
struct SimulatedBox {
    static let router = SiteSnapshot.Router.forTests()

    let world: SimulatedWorld
    let life: Int
    let crash = CrashSignal()
    let database: DurableDatabase
    let store: PurchaseStore
    let runner: PurchaseRunner

    init(_ world: SimulatedWorld) async throws {
        self.world = world
        life = world.beginLife()
        database = try await BoxDatabase.open(path: world.databasePath)
        store = PurchaseStore(database: database)
        let logger = Logger(label: "box") { _ in SwiftLogNoOpLogHandler() }
        let line = SimulatedRouterLine(world: world, life: life, crash: crash)
        let client = ConektaClient(
            configuration: ConektaConfiguration(privateKey: world.conekta.account.privateKey),
            outbound: SimulatedConekta(world: world, life: life, crash: crash),
            clock: world.time,
            logger: logger
        )
        runner = PurchaseRunner(
            store: store,
            payments: ConektaPayments(client: client, reachability: ProviderReachability(), logger: logger),
            routers: SimulatedRouters(
                delivery: HotspotDelivery(router: Self.router, hotspot: Hotspot(line), logger: logger),
                connector: DeviceConnector(
                    router: Self.router,
                    hotspot: Hotspot(line),
                    clock: world.time,
                    logger: logger
                )
            ),
            guardian: CardTestingGuard(now: { .zero }),
            clock: world.time,
            wallClock: world.time.wallClock,
            steadyClock: world.time.wallClock,
            mintCode: world.mintCode,
            logger: logger
        )
    }

    /// Buys, and drives the purchase until it is over or the box dies.
    ///
    /// - Returns: Whether the box is still alive.
    func buy(_ intent: PurchaseIntent) async throws -> Bool {
        guard let job = try await runner.admit(intent).job else { return true }
        return await drive([job])
    }

    /// Takes up what an earlier life left, until all is over or the box dies.
    ///
    /// - Returns: Whether the box is still alive.
    func recover() async throws -> Bool {
        let open = try await store.openPurchases().readable
        return await drive(open.compactMap(runner.resume))
    }

    /// The end of a life: the database is closed under whatever still runs, so nothing more reaches the disk.
    func end() throws {
        world.endLife()
        try database.close()
    }

    /// One after the other, so that a run is the same each time.
    private func drive(_ jobs: [PurchaseRunner.Job]) async -> Bool {
        let (runner, crash) = (runner, crash)
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for job in jobs where !Task.isCancelled { await runner.drive(job) }
                return true
            }
            group.addTask { !(await crash.wait()) }
            let survived = await group.next() ?? true
            if !survived { try? end() }
            group.cancelAll()
            return survived
        }
    }
}

/// The production delivery and connection over a simulated line.
struct SimulatedRouters: PurchaseRouters {
    let delivery: HotspotDelivery
    let connector: DeviceConnector

    func provision(_ code: FichaCode, for purchase: Purchase) async -> ProvisioningFailure? {
        await delivery.provision(code, for: purchase)
    }

    func removeUser(_ code: FichaCode, of purchase: Purchase) async -> Bool {
        await delivery.removeUser(code, of: purchase)
    }

    func connect(_ device: BuyerDevice, with code: FichaCode, routerID: String) async -> ConnectionOutcome {
        await connector.connect(device, with: code)
    }
}
