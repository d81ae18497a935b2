import Conekta
import ConektaSimulator
import Logging
import Purchasing
import RouterOS
import Shared
import Store
import Synchronization
import TestSupport

@testable import EdgeAgent

/// One life of the box, from start to crash, on a real SQLite file: the production store, runner, payment client and
/// router commands, with only the sockets replaced, and faults put before every call and every commit.
struct SimulatedBox {
    static let router = SiteSnapshot.Router.forTests()

    enum End: Hashable {
        /// All there was to do is done, or waits for the next life.
        case rest
        case death
        /// The disk did not take the purchase, and the buyer heard so.
        case refusal
    }

    let world: SimulatedWorld
    let life: Int
    let crash = CrashSignal()
    let database: DurableDatabase
    let store: PurchaseStore
    let runner: PurchaseRunner
    let gate = RestorationGate(isOpen: false)
    private let restoration: RestorationRunner
    private let takenUp: TakenUp

    /// - Parameter clock: What the purchases wait on; the world's own time unless given.
    init(
        _ world: SimulatedWorld,
        siteID: String = "site_1",
        clock waiting: (any Clock<Duration>)? = nil
    ) async throws {
        self.world = world
        life = world.beginLife()
        database = try await BoxTemplate.open(path: world.databasePath)
        let clock = try await SiteClock(
            database: database,
            system: world.systemClock,
            boot: world.boot,
            witness: world.witness
        )
        store = PurchaseStore(database: FaultyDisk(world: world, life: life, crash: crash, database: database))
        let logger = world.log.logger
        let line = SimulatedRouterLine(world: world, life: life, crash: crash)
        let client = ConektaClient(
            configuration: ConektaConfiguration(privateKey: Secret(SimulatedWorld.privateKey)),
            outbound: SimulatedConekta(world: world, life: life, crash: crash),
            clock: world.time,
            logger: logger
        )
        let routers = SimulatedRouters(line: line, world: world)
        let accounts = ConektaAccounts.only(client)
        runner = PurchaseRunner(
            store: store,
            payments: ConektaPayments(accounts: accounts, siteID: siteID, wayOut: WayOut(), logger: logger),
            routers: routers,
            connector: routers,
            guardian: world.guardian,
            clock: waiting ?? world.time,
            wallClock: clock.wallClock,
            steadyClock: clock.steadyClock,
            uptime: world.uptime,
            mintCode: { world.codes.draw() },
            logger: logger
        )
        let takenUp = TakenUp()
        self.takenUp = takenUp
        restoration = RestorationRunner(
            store: RestorationStore(database: database),
            pass: RestorationPass(
                store: store,
                accounts: accounts,
                routers: routers,
                siteID: siteID,
                policy: PurchasePolicy(),
                wallClock: clock.wallClock,
                steadyClock: clock.steadyClock,
                confirmedTime: { world.time.now.time },
                takeUp: { takenUp.add($0) },
                logger: logger
            ),
            gate: gate,
            logger: logger
        )
    }

    /// Buys, and drives the purchase until it is over or the box dies.
    func buy(_ intent: PurchaseIntent) async -> End {
        let (runner, world) = (runner, world)
        return await live {
            guard let (id, job) = try? await runner.admit(intent) else { return .refusal }
            world.acknowledgements.add(id, of: intent, isNew: job != nil)
            if let job { await runner.drive(job) }
            await Self.noteDelivery(of: id, runner, world)
            return .rest
        }
    }

    /// Takes up what an earlier life left, until all is over or the box dies. One after the other, so that a run is the
    /// same each time.
    func recover() async throws -> End {
        let open = try await store.openPurchases().readable
        let (runner, world) = (runner, world)
        return await live {
            for job in open.compactMap(runner.resume) where !Task.isCancelled {
                await runner.drive(job)
                await Self.noteDelivery(of: job.machine.purchase.id, runner, world)
            }
            return .rest
        }
    }

    /// Finds out what was sold since the backup, and goes on with what it finds, until all is known or the box dies. Time
    /// passes between two looks.
    func restoreSales(looks: Int = 1_000) async throws -> End {
        let (restoration, runner, takenUp, world) = (restoration, runner, takenUp, world)
        return await live {
            var left = looks
            while !Task.isCancelled, left > 0, let row = try? await restoration.store.current() {
                let isAway = try? await restoration.step(row, isLast: row.isSearched)
                for job in takenUp.take().compactMap(runner.resume) where !Task.isCancelled { await runner.drive(job) }
                world.time.pass(isAway == nil ? .seconds(60) : RestorationRunner.timeUntilLastPass)
                left -= 1
            }
            return .rest
        }
    }

    /// The end of a life: the database is closed under whatever still runs, so nothing more reaches the disk.
    func end() throws {
        world.endLife()
        try database.close()
    }

    private func live(_ body: @escaping @Sendable () async -> End) async -> End {
        let crash = crash
        return await withTaskGroup(of: End.self) { group in
            group.addTask { await body() }
            group.addTask { await crash.wait() ? .death : .rest }
            let end = await group.next() ?? .rest
            if end == .death { try? self.end() }
            group.cancelAll()
            return end
        }
    }

    /// What the page shows a buyer, they may rely on.
    private static func noteDelivery(of id: PurchaseID, _ runner: PurchaseRunner, _ world: SimulatedWorld) async {
        guard !Task.isCancelled, let purchase = try? await runner.progress(of: id)?.purchase,
            purchase.state == .delivered, let code = purchase.fichaCode
        else { return }
        world.acknowledgements.addDelivered(id, code: code)
    }
}

/// The purchases that a restored box takes up, one after the other, so that a run is the same each time.
private final class TakenUp: Sendable {
    private let purchases = Mutex<[Purchase]>([])

    func add(_ purchase: Purchase) { purchases.withLock { $0.append(purchase) } }

    func take() -> [Purchase] {
        purchases.withLock { purchases in
            defer { purchases = [] }
            return purchases
        }
    }
}
