import GRDB
import Shared
import Store
import Synchronization

/// The box's wall time, which never goes back.
///
/// A box without a battery boots in 1970, and its clock may be set back while it runs. Deadlines about money are
/// measured on this clock: it follows the system's forwards, and where the system's is behind what was last written
/// down, it goes on from there at the same pace.
struct SiteClock: Sendable {
    /// How far the time can be believed.
    enum Quality: String, Sendable {
        /// The system's clock, which is past everything written down.
        case system
        /// The system's clock is behind what was written down; time goes on from there.
        case restored
    }

    let wallClock: WallClock
    let quality: Quality

    /// Reads the latest time in the database, so that the clock starts no earlier.
    init(database: DurableDatabase, system: WallClock) async throws {
        let latest = try await database.read { db in
            try Int64.fetchOne(db, sql: "SELECT max(at_ms) FROM purchase_step")
        }
        self.init(latest: latest.map(Timestamp.init(milliseconds:)), system: system)
    }

    init(latest: Timestamp?, system: WallClock) {
        let start = system.now
        quality = latest.map { $0 > start } ?? false ? .restored : .system
        let steady = SteadyTime(start: max(start, latest ?? start))
        wallClock = WallClock { steady.reading(system.now) }
    }

    /// The greatest of what the system says and what has passed on the monotonic clock since the start.
    private final class SteadyTime: Sendable {
        private let start: Timestamp
        private let origin = ContinuousClock.now
        private let highest: Mutex<Timestamp>

        init(start: Timestamp) {
            self.start = start
            highest = Mutex(start)
        }

        func reading(_ system: Timestamp) -> Timestamp {
            let steady = start + origin.duration(to: .now)
            return highest.withLock { highest in
                highest = max(highest, steady, system)
                return highest
            }
        }
    }
}
