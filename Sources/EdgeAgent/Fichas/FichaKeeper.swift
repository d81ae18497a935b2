import Logging
import RouterOS
import Shared
import Synchronization

/// Looks after the fichas of one router: sees which are in use, tells it what has to be there and what has to go, finds out
/// what it forgot, and brings phones that return online again.
///
/// On the connection that is there anyway, and in small steps: a hAP lite must not notice (reference `routeros.md` §7). What a
/// look leaves undone, the next one does.
final class FichaKeeper: Sendable {
    /// What a router is told before it rests: a CHR slows down from 120 commands on that come without a pause (§7).
    static let commandsPerChunk = 96
    /// What a connection takes (`RequestSlots`) and a fast router is fastest with.
    static let fichasAtOnce = 16
    /// A router that takes its time does one after the other, and whoever stands and waits would wait for all of them. None is
    /// taken to be fast before it has shown it.
    static let fichasAtOnceWhenSlow = 4
    /// A command of a router that is fast.
    static let longestFastCommand = Duration.milliseconds(5)
    /// A slow router is told less: what began by then is the end of a chunk.
    static let longestChunk = Duration.seconds(1)
    /// So many that cannot be put are read over: more than a batch has.
    static let workToChooseFrom = 6_000
    /// How often all users are read, beside the first look at a new connection: a router that was reset has a new one.
    static let timeBetweenSweeps = Duration.seconds(6 * 3_600)
    /// A phone that could not be connected, or a user that the router refused, is left alone for so long.
    static let timeBetweenTries = Duration.seconds(300)

    /// What is only remembered: after a restart it is found out again.
    struct Memory {
        var sweptConnection: Int?
        var sweptAt = Duration.zero
        /// What the router's counters had for a user before the session that runs.
        var base: [FichaCode: SessionBase] = [:]
        var refusals: [FichaCode: Refusal] = [:]
        /// When the phone of a ficha could not be connected.
        var unconnectedAt: [FichaCode: Duration] = [:]
        /// Whether the router did its last chunk as a fast one does.
        var isFast = false
        /// When the router has rested and there is more for it; nil when there is not.
        var moreWorkAt: Duration?
        /// Users that look like ours and that the box knows nothing of.
        var unknownUsers: Set<String> = []
    }

    let routerID: String
    let store: FichaStore
    let clock: SiteClock
    /// Monotonic.
    let uptime: @Sendable () -> Duration
    let logger: Logger
    let memory = Mutex(Memory())

    init(
        routerID: String,
        store: FichaStore,
        clock: SiteClock,
        uptime: @escaping @Sendable () -> Duration,
        logger: Logger
    ) {
        self.routerID = routerID
        self.store = store
        self.clock = clock
        self.uptime = uptime
        var logger = logger
        logger[metadataKey: "router"] = "\(routerID)"
        self.logger = logger
    }

    /// How many users look like ours and are not known here.
    var unknownUserCount: Int { memory.withLock { $0.unknownUsers.count } }

    /// How long until the router has rested and can be told more; nil when there is nothing more.
    var untilMoreWork: Duration? {
        let now = uptime()
        return memory.withLock { $0.moreWorkAt.map { max(.zero, $0 - now) } }
    }

    /// One look at everything. A router that stops answering is left for the next one.
    func look(at line: FichaLine) async {
        do {
            let sessions = try await line.hotspot.activeSessions()
            try await watch(sessions, at: line)
            try await tellRouter(line)
            try await sweepIfNeeded(line, online: Set(sessions.map(\.user)))
            try await bringBackPhones(sessions, at: line)
        } catch {
            report(error)
        }
    }

    /// Only what somebody just wrote down that a router has to do.
    func tell(_ line: FichaLine) async {
        do {
            try await tellRouter(line)
        } catch {
            report(error)
        }
    }

    private func report(_ error: any Error) {
        logger.info("a look at the fichas was cut short", metadata: ["error": "\(error)"])
    }
}

/// What the router said no to: asked for something else, such as to remove what it would not put, it may say yes.
struct Refusal: Sendable {
    let asked: FichaRouterState
    let at: Duration

    init(of ficha: Ficha, at time: Duration) {
        asked = ficha.routerState
        at = time
    }
}

/// What a router's user had used before the session that runs, and how long that session was when it was last seen.
struct SessionBase: Sendable, Equatable {
    let uptime: Duration
    let bytes: Int64
    var sessionUptime: Duration
}
