import Conekta
import Foundation
import Logging
import Purchasing
import RouterOS
import Shared
import Store
import Synchronization

@testable import EdgeAgent

/// One life of the box on a ``SimulatedDay``, joined as `Composition` joins it: the desk of the card sales, the counter, the
/// watch of the way out, the fichas and the conversation with the centre, on a real SQLite file. Only the sockets are replaced.
final class DayBox: Sendable {
    /// How long a card that was declined is looked after: a charge that comes late is not what these days are about.
    private static let policy = PurchasePolicy(lateChargeWatch: .seconds(3_600))
    private static let timeBetweenLooks = Duration.seconds(600)

    static let cashiers = [CounterFixture.cashier("usr_ana", "Ana"), CounterFixture.cashier("usr_beto", "Beto")]

    let life: Int
    let startedAt: Timestamp
    let database: DurableDatabase
    let runner: PurchaseRunner
    let purchases: PurchaseDesk
    let counter: CounterDesk
    let wayOut: WayOut

    private let world: SimulatedWorld
    private let tasks = Mutex<[Task<Void, Never>]>([])

    init(_ day: SimulatedDay) async throws {
        let (world, time) = (day.world, day.time)
        self.world = world
        life = world.beginLife()
        startedAt = time.now.time
        let database = try await BoxTemplate.open(path: world.databasePath)
        self.database = database
        let clock = try await SiteClock(
            database: database,
            system: world.systemClock,
            boot: world.boot,
            witness: world.witness
        )
        let (wayOut, logger) = (WayOut(now: world.uptime), world.log.logger)
        self.wayOut = wayOut
        let outbound = DayLine(
            world: world,
            time: time,
            cuts: day.cuts,
            centre: day.centre,
            traffic: day.traffic,
            life: life
        )
        let client = ConektaClient(
            configuration: ConektaConfiguration(
                baseURL: DayLine.conektaURL,
                privateKey: Secret(SimulatedWorld.privateKey)
            ),
            outbound: outbound,
            clock: time,
            logger: logger
        )
        let fleet = RouterFleet(wallClock: clock.wallClock, logger: logger, now: world.uptime)
        let inForce = try SiteInForce.forTests(.forTests(cashiers: Self.cashiers), fleet: fleet)
        let line = SimulatedRouterLine(world: world, life: life, crash: CrashSignal())
        let routers = SimulatedRouters(line: line, world: world)
        let guardian = CardTestingGuard(now: world.uptime)
        let store = PurchaseStore(database: DayDisk(time: time, database: database))
        runner = PurchaseRunner(
            store: store,
            payments: ConektaPayments(accounts: .only(client), siteID: "site_1", wayOut: wayOut, logger: logger),
            routers: routers,
            connector: routers,
            guardian: guardian,
            policy: Self.policy,
            clock: time,
            wallClock: clock.wallClock,
            steadyClock: clock.steadyClock,
            uptime: world.uptime,
            mintCode: { world.codes.draw() },
            logger: logger
        )
        purchases = PurchaseDesk(
            inForce: inForce,
            runner: runner,
            routers: routers,
            guardian: guardian,
            availability: CardAvailability(
                inForce: inForce,
                guardian: guardian,
                wayOut: wayOut,
                routers: routers,
                database: database
            )
        )
        counter = CounterDesk(inForce: inForce, store: CounterStore(database: database), routers: fleet) {
            clock.moment
        }
        let sync = try DaySync(
            day: day,
            database: database,
            store: store,
            inForce: inForce,
            fleet: fleet,
            clock: clock,
            outbound: outbound
        )
        try await sync.enrol()
        let fichaLine = FichaLine(
            routerID: SimulatedBox.router.id,
            server: nil,
            hotspot: Hotspot(line),
            connector: DeviceConnector(
                router: SimulatedBox.router,
                hotspot: Hotspot(line),
                clock: time,
                logger: logger
            )
        )
        let fichas = FichaRunner(
            store: FichaStore(database: database),
            clock: clock,
            lines: { [fichaLine] },
            uptime: world.uptime,
            logger: logger
        )
        let watch = WayOutRunner(
            wayOut: wayOut,
            conektaURL: DayLine.conektaURL,
            outbound: outbound,
            clock: time,
            logger: logger
        )
        let (runner, executor) = (runner, day.executor)
        tasks.withLock { tasks in
            tasks = [
                // It waits for work; what it does with it waits for time or the disk.
                Task(executorPreference: executor) { await time.service { try? await runner.run() } },
                Task(executorPreference: executor) { await time.activity { try? await watch.run() } },
                Task(executorPreference: executor) {
                    await time.activity {
                        while !Task.isCancelled {
                            await fichas.turn()
                            try? await time.sleep(for: Self.timeBetweenLooks)
                        }
                    }
                },
                Task(executorPreference: executor) { await time.activity { try? await sync.pusher.run() } },
                Task(executorPreference: executor) { await time.activity { try? await sync.poller.run() } },
            ]
        }
    }

    /// Whether nothing is under way, and somebody has so many of its events that it has no more.
    func isAtRest(told count: Int) async -> Bool {
        guard let open = try? await PurchaseStore(database: database).openPurchases().readable,
            let position = try? await OutboxStore(database: database).position()
        else { return false }
        return open.isEmpty && position.lastSeq == count
    }

    /// The power goes: nothing of what runs reaches the disk or the line any more.
    func die() async throws {
        world.endLife()
        try database.close()
        let tasks = tasks.withLock { $0 }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}
