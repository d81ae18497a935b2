import GRDB
import Logging
import Purchasing
import ServerKit
import ServiceLifecycle
import Shared
import Synchronization

/// Drives every purchase to its end: the thin shell around ``PurchaseStateMachine``.
///
/// A purchase is driven by one task of this service, never by the request that asked for it, so a buyer who closes the
/// page changes nothing. What a crash leaves open is found at start and goes the same way.
final class PurchaseRunner: Service {
    /// How often Conekta is asked at most about a payment in doubt while its buyer looks on.
    private static let pauseWhileWatched = Duration.seconds(2)

    private let store: PurchaseStore
    private let payments: any PurchasePayments
    private let routers: any PurchaseRouters
    private let connector: any BuyerConnecting
    private let guardian: CardTestingGuard
    private let policy: PurchasePolicy
    private let clock: any Clock<Duration>
    private let wallClock: WallClock
    private let steadyClock: WallClock
    private let uptime: @Sendable () -> Duration
    private let mintCode: @Sendable () -> FichaCode
    private let logger: Logger

    private let board = PurchaseBoard()
    private let claims = PurchaseClaims()
    private let isStopping = Atomic<Bool>(false)
    private let jobs: AsyncStream<Job>
    private let jobsContinuation: AsyncStream<Job>.Continuation

    /// - Parameters:
    ///   - wallClock: When things happened, for people.
    ///   - steadyClock: How long ago things happened, for deadlines: it must not leap while the program runs.
    init(
        store: PurchaseStore,
        payments: any PurchasePayments,
        routers: any PurchaseRouters,
        connector: any BuyerConnecting,
        guardian: CardTestingGuard,
        policy: PurchasePolicy = PurchasePolicy(),
        clock: any Clock<Duration> = ContinuousClock(),
        wallClock: WallClock,
        steadyClock: WallClock,
        uptime: @escaping @Sendable () -> Duration = Monotonic.now,
        mintCode: @escaping @Sendable () -> FichaCode = PurchaseRunner.drawCode,
        logger: Logger
    ) {
        self.store = store
        self.payments = payments
        self.routers = routers
        self.connector = connector
        self.guardian = guardian
        self.policy = policy
        self.clock = clock
        self.wallClock = wallClock
        self.steadyClock = steadyClock
        self.uptime = uptime
        self.mintCode = mintCode
        self.logger = logger
        (jobs, jobsContinuation) = AsyncStream.makeStream()
    }

    // MARK: Service

    /// Takes up what a crash left open, then whatever is started, until shutdown. Outside calls under way are awaited;
    /// purchases that only wait for time are left on the disk.
    func run() async throws {
        defer { stop() }
        let (open, unreadable) = try await store.openPurchases()
        if unreadable > 0 {
            logger.critical("purchases that are not over cannot be read", metadata: ["count": "\(unreadable)"])
        }
        if !open.isEmpty {
            logger.info("taking up purchases that were not over", metadata: ["count": "\(open.count)"])
        }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for job in open.compactMap(resume) {
                    group.addTask { await self.drive(job) }
                }
                for await job in jobs {
                    group.addTask { await self.drive(job) }
                }
            }
        } onGracefulShutdown: {
            self.stop()
        }
    }

    /// From now on no purchase begins.
    func stop() {
        isStopping.store(true, ordering: .relaxed)
        jobsContinuation.finish()
    }

    // MARK: For the controllers

    /// The purchase a repeated request belongs to; nil for a request that is new.
    ///
    /// - Throws: `PurchaseError.sameKeyForAnotherRequest`.
    func knownPurchase(_ fingerprint: PurchaseFingerprint) async throws -> PurchaseID? {
        try await store.known(fingerprint).map(Self.id)
    }

    /// Admits a request to buy and starts to drive it, unless it is a repetition.
    ///
    /// - Throws: `PurchaseError`; GRDB's errors when the disk does not take it.
    func start(_ intent: PurchaseIntent) async throws -> PurchaseID {
        guard !isStopping.load(ordering: .relaxed) else { throw PurchaseError.boxIsStopping }
        let (id, job) = try await admit(intent)
        guard let job else { return id }
        if case .enqueued = jobsContinuation.yield(job) { return id }
        // It came in the moment of stopping. Left as it is, it would be given up at the next start: better now.
        await giveUp(job)
        throw PurchaseError.boxIsStopping
    }

    /// Drives a purchase that came to the disk after the start. Once the box stops, the next start does.
    func takeUp(_ purchase: Purchase) {
        guard let job = resume(purchase) else { return }
        if case .enqueued = jobsContinuation.yield(job) { return }
        board.end(purchase.id)
        claims.release(purchase.id)
    }

    /// Writes a request to buy down.
    ///
    /// - Returns: Its purchase, and the job to drive unless it is a repetition.
    /// - Throws: As ``start(_:)``.
    func admit(_ intent: PurchaseIntent) async throws -> (id: PurchaseID, job: Job?) {
        var generator = SystemRandomNumberGenerator()
        let purchase = Purchase(
            id: PurchaseID(using: &generator),
            routerID: intent.routerID,
            product: PurchasedProduct(intent.product),
            createdAt: steadyClock.now
        )
        let openSince = purchase.createdAt - policy.latestDelivery
        // Before it is on the disk, where `run()` may be looking for purchases without a driver.
        _ = claims.claim(purchase.id)
        let admission: PurchaseStore.Admission
        do {
            admission = try await store.admit(purchase, intent: intent, openSince: openSince)
        } catch {
            claims.release(purchase.id)
            throw error
        }
        guard case .new = admission else {
            claims.release(purchase.id)
            return (try Self.id(of: admission), nil)
        }
        board.publish(PurchaseProgress(purchase: purchase))
        let machine = machine(for: purchase)
        return (
            purchase.id,
            Job(machine: machine, firstStep: machine.begin(), storedState: purchase.state, intent: intent)
        )
    }

    private static func id(of admission: PurchaseStore.Admission) throws -> PurchaseID {
        switch admission {
        case .new(let purchase), .known(let purchase): purchase.id
        case .conflict(let id): throw PurchaseError.sameKeyForAnotherRequest(id)
        }
    }

    /// The purchase of a phone that is being paid or delivered right now.
    func openPurchase(of macAddress: MACAddress, routerID: String) async throws -> PurchaseID? {
        let since = steadyClock.now - policy.latestDelivery
        return try await store.openPurchase(of: macAddress, routerID: routerID, since: since)?.id
    }

    /// What a phone bought last, within a month.
    func latestPurchase(of macAddress: MACAddress, routerID: String) async throws -> PurchaseID? {
        let since = steadyClock.now - .seconds(30 * 86_400)
        return try await store.latestPurchase(of: macAddress, routerID: routerID, since: since)?.id
    }

    /// Where a purchase stands, or nil if there is none of that name.
    func progress(of id: PurchaseID) async throws -> PurchaseProgress? {
        if let progress = board.progress(of: id) { return progress }
        return try await store.purchase(id).map { PurchaseProgress(purchase: $0) }
    }

    /// Where a purchase stands once there is something to tell, or when the time is up.
    ///
    /// Somebody looks on, so a payment in doubt is asked about soon.
    func progress(of id: PurchaseID, waitingUpTo limit: Duration) async throws -> PurchaseProgress? {
        board.visit(id)
        let (board, clock) = (board, clock)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await board.waitUntilAnswerable(id) }
            group.addTask { try? await clock.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        return try await progress(of: id)
    }

    static let drawCode: @Sendable () -> FichaCode = {
        var generator = SystemRandomNumberGenerator()
        return FichaCode(using: &generator)
    }

    // MARK: Driving

    private func machine(for purchase: Purchase) -> PurchaseStateMachine {
        PurchaseStateMachine(purchase, policy: policy, now: now, mintCode: mintCode)
    }

    private var now: PurchaseMoment { PurchaseMoment(time: steadyClock.now, uptime: uptime()) }

    /// The job for a purchase found on the disk; nil when it has a driver already.
    func resume(_ purchase: Purchase) -> Job? {
        guard claims.claim(purchase.id) else { return nil }
        var machine = machine(for: purchase)
        let step = machine.resume(now: now)
        board.publish(PurchaseProgress(purchase: purchase))
        return Job(machine: machine, firstStep: step, storedState: purchase.state, intent: nil)
    }

    /// Drives a purchase until it is over or the service is told to end.
    func drive(_ job: Job) async {
        var machine = job.machine
        var step = job.firstStep
        var storedState = job.storedState
        var isNew = job.intent != nil
        defer {
            board.end(machine.purchase.id)
            claims.release(machine.purchase.id)
        }
        while true {
            // The first step of a new purchase was committed when it was admitted.
            if step.mustCommit, !isNew {
                guard let committed = await commit(&machine, step, after: storedState) else { return }
                (step, storedState) = (committed, machine.purchase.state)
                report(machine.purchase, intent: job.intent)
            }
            isNew = false
            guard step.action != .finish else { break }
            guard await wait(step.delay, for: machine.purchase) else { return }
            let event = await perform(step.action, for: machine.purchase, intent: job.intent)
            step = machine.handle(event, now: now)
        }
        await connectDevice(of: machine.purchase, intent: job.intent)
    }

    /// Ends a new purchase that nobody will drive.
    private func giveUp(_ job: Job) async {
        var machine = job.machine
        defer {
            board.end(machine.purchase.id)
            claims.release(machine.purchase.id)
        }
        guard machine.callOff(now: now) != nil else { return }
        // Should the disk refuse, the next start does it.
        try? await store.save(machine.purchase, after: job.storedState, isOpen: false, at: wallClock.now)
    }

    private func perform(
        _ action: PurchaseAction,
        for purchase: Purchase,
        intent: PurchaseIntent?
    ) async -> PurchaseEvent {
        switch action {
        case .createOrder:
            guard let intent else { return .orderNotCreated(.interrupted) }
            return await payments.createOrder(for: purchase, intent: intent)
        case .askToCharge:
            return intent == nil ? .chargeForbidden(.interrupted) : .chargeAllowed
        case .charge(let orderID):
            guard let intent else { return .chargeAnswered(.notSent) }
            return .chargeAnswered(await payments.charge(orderID: orderID, for: purchase, intent: intent))
        case .readOrder(let orderID):
            return .orderRead(await payments.readOrder(orderID, for: purchase))
        case .refund(let orderID, let cents):
            return .refundAnswered(await payments.refund(orderID: orderID, cents: cents, for: purchase))
        case .provision(let code):
            if let failure = await routers.provision(code, for: purchase) { return .provisioningFailed(failure) }
            return .userProvisioned
        case .removeUser(let code):
            return await routers.removeUser(code, of: purchase) ? .userAbsent : .userRemovalFailed
        case .finish:
            return .userAbsent
        }
    }

    /// Writes the purchase down. While the disk refuses, nothing more is done: before the charge the sale is called off,
    /// after it there is nothing but to wait for the disk.
    ///
    /// - Returns: The step to go on with, or nil when the service is told to end or somebody else drives the purchase.
    private func commit(
        _ machine: inout PurchaseStateMachine,
        _ step: PurchaseStep,
        after storedState: PurchaseState
    ) async -> PurchaseStep? {
        var step = step
        while true {
            do {
                let isOpen = step.action != .finish
                try await store.save(machine.purchase, after: storedState, isOpen: isOpen, at: wallClock.now)
                return step
            } catch is FichaCodeTaken {
                step = machine.replaceTakenCode(now: now)
            } catch is PurchaseDrivenElsewhere {
                logger.critical("somebody else drives a purchase", metadata: ["purchase": "\(machine.purchase.id)"])
                return nil
            } catch {
                reportUnwritten(machine.purchase, error)
                if let calledOff = machine.callOff(now: now) {
                    step = calledOff
                } else if (error as? DatabaseError)?.resultCode == .SQLITE_CONSTRAINT {
                    // What the disk will never take, however long we wait, is for a person.
                    step = machine.setAside()
                }
                guard await wait(.seconds(2)) else { return nil }
            }
        }
    }

    private func reportUnwritten(_ purchase: Purchase, _ error: any Error) {
        logger.error(
            "a purchase could not be written down",
            metadata: [
                "purchase": "\(purchase.id)", "state": "\(purchase.state.rawValue)", "error": "\(error)",
            ]
        )
    }

    /// Between two attempts. A buyer who looks at a payment in doubt, back from the bank perhaps, ends the wait early.
    private func wait(_ delay: Duration, for purchase: Purchase) async -> Bool {
        let pause = Self.pauseWhileWatched
        guard purchase.state == .inDoubt, delay > pause else { return await wait(delay) }
        guard await wait(pause) else { return false }
        let (board, clock) = (board, clock)
        return await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { await Self.sleep(delay - pause, clock) }
                group.addTask {
                    await board.waitForVisitor(purchase.id)
                    return !Task.isCancelled
                }
                defer { group.cancelAll() }
                return await group.next() ?? false
            }
        }
    }

    /// - Returns: False when the service is told to end; the purchase then waits on the disk.
    private func wait(_ delay: Duration) async -> Bool {
        guard delay > .zero else { return !Task.isCancelled }
        let clock = clock
        return await cancelWhenGracefulShutdown { await Self.sleep(delay, clock) }
    }

    /// - Returns: False when it was cancelled.
    private static func sleep(_ duration: Duration, _ clock: any Clock<Duration>) async -> Bool {
        do {
            try await clock.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }

    private func connectDevice(of purchase: Purchase, intent: PurchaseIntent?) async {
        guard purchase.state == .delivered, let code = purchase.fichaCode, let device = intent?.deviceToConnect else {
            return
        }
        let outcome = await connector.connectBuyer(device, with: code, routerID: purchase.routerID)
        board.publish(PurchaseProgress(purchase: purchase, connection: outcome))
        logger.info(
            "connected a buyer's device",
            metadata: ["purchase": "\(purchase.id)", "outcome": "\(outcome.code)"]
        )
    }

    private func report(_ purchase: Purchase, intent: PurchaseIntent?) {
        let willConnect = purchase.state == .delivered && intent?.deviceToConnect != nil
        board.publish(PurchaseProgress(purchase: purchase, isConnecting: willConnect))
        if purchase.state == .declined, purchase.isCardDeclined, let intent {
            guardian.recordDecline(intent.buyerKeys)
        }
        logger.info(
            "purchase",
            metadata: [
                "purchase": "\(purchase.id)", "state": "\(purchase.state.rawValue)",
                "order": "\(purchase.orderID ?? "-")", "refusal": "\(purchase.refusal?.text ?? "-")",
                "attention": "\(purchase.attention?.rawValue ?? "-")",
            ]
        )
    }
}
