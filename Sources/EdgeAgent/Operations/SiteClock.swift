import GRDB
import ServerKit
import Shared
import Store
import Synchronization

/// The box's time, of which no reading goes back while the program runs.
///
/// A box without a battery boots in 1970 and learns the time later, and its clock may be set back while it runs. After a
/// restart the time goes on from the latest one in the database, if the system's is behind that.
struct SiteClock: Sendable {
    /// When it is, for people: follows the system's clock forwards.
    let wallClock: WallClock
    /// How much time passes, for deadlines about money: never leaps while the program runs, so that a clock put right
    /// ends no window that has only just begun.
    let steadyClock: WallClock

    /// Reads the latest time in the database, so that the clock starts no earlier.
    init(
        database: DurableDatabase,
        system: WallClock,
        uptime: @escaping @Sendable () -> Duration = Monotonic.now
    ) async throws {
        let latest = try await database.read { db in
            try Int64.fetchOne(db, sql: "SELECT max(at_ms) FROM purchase_step")
        }
        self.init(latest: latest.map(Timestamp.init(milliseconds:)), system: system, uptime: uptime)
    }

    init(latest: Timestamp?, system: WallClock, uptime: @escaping @Sendable () -> Duration = Monotonic.now) {
        let start = system.now
        let steady = SteadyTime(start: max(start, latest ?? start), uptime: uptime)
        wallClock = WallClock { steady.following(system.now) }
        steadyClock = WallClock { steady.now }
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
    }
}
