import GRDB
import Shared
import Store
import Synchronization

/// The box's time, on a machine whose clock cannot be trusted.
///
/// A box without a battery boots in 1970 and learns the time later, and its clock may be set while it runs. Three readings,
/// for three purposes; after a restart each goes on from the latest time in the database.
struct SiteClock: Sendable {
    /// When it is, for people: follows the system's clock forwards, and goes back once somebody outside says so.
    let wallClock: WallClock
    /// How much time passes, for deadlines about money: never leaps while the program runs, so that a clock put right
    /// ends no window that has only just begun.
    let steadyClock: WallClock
    /// What has passed for certain, for the time of fichas.
    let proven: ProvenTime
    let witness: ClockWitness
    private let system: WallClock

    /// Reads the latest times in the database, so that the clock starts no earlier.
    init(
        database: DurableDatabase,
        system: WallClock,
        boot: SystemBoot = .system,
        witness: ClockWitness = ClockWitness()
    ) async throws {
        let latest = try await database.read { db in
            try Int64.fetchOne(db, sql: "SELECT max(at_ms) FROM purchase_step")
        }
        self.init(
            latest: latest.map(Timestamp.init(milliseconds:)),
            mark: try await ClockMarkStore(database: database).latest(),
            system: system,
            boot: boot,
            witness: witness
        )
    }

    init(
        latest: Timestamp?,
        mark: ClockMark? = nil,
        system: WallClock,
        boot: SystemBoot = .system,
        witness: ClockWitness = ClockWitness()
    ) {
        let start = system.now
        let known = max(start, latest ?? start)
        let steady = SteadyTime(start: known, uptime: boot.uptime)
        let proven = ProvenTime(last: mark, start: latest ?? start, boot: boot)
        self.proven = proven
        self.witness = witness
        self.system = system
        wallClock = WallClock { proven.isSynced ? steady.confirmed(proven.now) : steady.following(system.now) }
        steadyClock = WallClock { steady.now }
    }

    var quality: ClockQuality {
        if proven.isSynced { return .synced }
        return system.now >= proven.now ? .restored : .unsynced
    }

    var moment: FichaMoment {
        let mark = proven.mark
        return FichaMoment(
            time: mark.time,
            wall: wallClock.now,
            quality: quality,
            isTimeSynced: mark.isSynced
        )
    }

    /// Looks whether the system's clock is confirmed, and takes it over then. To be called now and again.
    func look() {
        let now = system.now
        if witness.confirms(now) { proven.confirm(now) }
    }

    /// The centre said what time it is.
    @Sendable func hear(_ time: Timestamp) {
        witness.hear(time, system: system.now)
    }

    /// A start, and what has passed on the monotonic clock since.
    private final class SteadyTime: Sendable {
        private let start: Timestamp
        private let uptime: @Sendable () -> Duration
        private let origin: Duration
        private let highest: Mutex<Timestamp>

        init(start: Timestamp, uptime: @escaping @Sendable () -> Duration) {
            self.start = start
            self.uptime = uptime
            origin = uptime()
            highest = Mutex(start)
        }

        var now: Timestamp { start + (uptime() - origin) }

        /// The later of this and what the system says; never earlier than it said before.
        func following(_ system: Timestamp) -> Timestamp {
            let steady = now
            return highest.withLock { highest in
                highest = max(highest, steady, system)
                return highest
            }
        }

        /// A time that is certain, also where it is earlier than what the system said before.
        func confirmed(_ time: Timestamp) -> Timestamp {
            highest.withLock { $0 = time }
            return time
        }
    }
}
