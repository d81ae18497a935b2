import GRDB
import Logging
import RouterOS
import ServerKit
import ServiceLifecycle
import Shared
import Store
import Synchronization

/// Lets fichas live and end: keeps the time, ends what is over to the second, and has each router looked after.
///
/// The box's database is the truth. Nothing runs on the routers, and no date of theirs is read.
final class FichaRunner: Service {
    /// Between two looks: half of what a ficha may last too long.
    static let interval = Duration.seconds(30)
    /// Between two marks of the time on the disk: what a box without a battery forgets at most.
    private static let timeBetweenMarks = Duration.seconds(55)

    private struct Memory {
        var keepers: [String: FichaKeeper] = [:]
        /// Those of the routers that answered in the last turn.
        var told: [FichaKeeper] = []
        var markedAt: Duration?
        var wasSynced = false
    }

    private let store: FichaStore
    private let clock: SiteClock
    private let lines: @Sendable () async -> [FichaLine]
    private let uptime: @Sendable () -> Duration
    private let waiting: any Clock<Duration>
    private let logger: Logger
    private let bell = Bell()
    private let memory = Mutex(Memory())

    /// - Parameter lines: The routers that answer now.
    init(
        store: FichaStore,
        clock: SiteClock,
        lines: @escaping @Sendable () async -> [FichaLine],
        uptime: @escaping @Sendable () -> Duration = SystemBoot.system.uptime,
        waiting: any Clock<Duration> = ContinuousClock(),
        logger: Logger
    ) {
        self.store = store
        self.clock = clock
        self.lines = lines
        self.uptime = uptime
        self.waiting = waiting
        self.logger = logger
    }

    func run() async throws {
        // Whoever sells, extends or takes back only writes that down.
        let watch = store.database.watch("SELECT router_state FROM ficha") { self.bell.ring() }
        defer { watch.cancel() }
        await cancelWhenGracefulShutdown {
            var nextLook = self.uptime()
            while !Task.isCancelled {
                let isTime = self.uptime() >= nextLook
                if isTime { nextLook = self.uptime() + Self.interval }
                // While the disk takes nothing there is nothing to hurry for.
                let isDone = await self.turn(looking: isTime)
                let next = isDone ? await self.timeToNextEnd() : Self.interval
                let pause = max(.milliseconds(500), min(nextLook - self.uptime(), next))
                await self.bell.wait(upTo: min(pause, self.timeToMoreWork ?? pause), self.waiting)
            }
        }
    }

    /// Ends what is over and has the routers told; with a look, also sees what they have to say.
    ///
    /// - Returns: False when the database could not be read or written.
    @discardableResult
    func turn(looking: Bool = true) async -> Bool {
        memory.withLock { $0.told = [] }
        do {
            if looking { try await keepTime() }
            try await endWhatIsOver()
        } catch {
            logger.error("the fichas could not be looked after", metadata: ["error": "\(error)"])
            return false
        }
        var told: [FichaKeeper] = []
        for line in await lines() {
            let keeper = keeper(of: line)
            if looking { await keeper.look(at: line) } else { await keeper.tell(line) }
            told.append(keeper)
        }
        let answering = told
        memory.withLock { $0.told = answering }
        return true
    }

    /// For metrics. What cannot be read is left out.
    func samples() async -> [PrometheusSample] {
        var samples = [
            PrometheusSample("fichas_unknown_on_routers", value: Double(unknownUserCount)),
            PrometheusSample("clock_synced", value: clock.quality == .synced ? 1 : 0),
        ]
        if let count = try? await store.routerWorkCount() {
            samples.append(PrometheusSample("fichas_to_tell_routers", value: Double(count)))
        }
        return samples
    }

    /// How many users on the routers look like ours and are not known here.
    var unknownUserCount: Int {
        memory.withLock { $0.keepers.values.reduce(0) { $0 + $1.unknownUserCount } }
    }

    // MARK: Private

    private func keeper(of line: FichaLine) -> FichaKeeper {
        memory.withLock { memory in
            if let keeper = memory.keepers[line.routerID] { return keeper }
            let keeper = FichaKeeper(
                routerID: line.routerID,
                store: store,
                clock: clock,
                uptime: uptime,
                logger: logger
            )
            memory.keepers[line.routerID] = keeper
            return keeper
        }
    }

    /// Until the first router that was told only a part has rested.
    private var timeToMoreWork: Duration? {
        memory.withLock { $0.told.compactMap(\.untilMoreWork).min() }
    }

    private func keepTime() async throws {
        clock.look()
        let (mark, now) = (clock.proven.mark, uptime())
        let (isNews, isDue) = memory.withLock { memory in
            (
                memory.wasSynced != mark.isSynced,
                memory.markedAt.map { now - $0 >= Self.timeBetweenMarks } ?? true
            )
        }
        guard isNews || isDue else { return }
        try await store.save(mark, leap: clock.proven.leap, at: clock.moment)
        memory.withLock { memory in
            memory.wasSynced = mark.isSynced
            memory.markedAt = now
        }
        if isNews {
            logger.notice(
                "the clock is confirmed",
                metadata: ["leap_seconds": "\(clock.proven.leap.components.seconds)"]
            )
        }
    }

    private func endWhatIsOver() async throws {
        let moment = clock.moment
        let due = try await store.due(at: moment)
        try await store.change(due.map(\.code), at: moment) { ficha in
            if ficha.isOver(at: moment) { try ficha.expire(at: moment) }
        }
    }

    private func timeToNextEnd() async -> Duration {
        guard let end = try? await store.nextEnd() else { return Self.interval }
        return end - clock.moment.time
    }
}
