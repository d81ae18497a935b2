import GRDB
import Shared
import Store
import Synchronization
import TestSupport
import Testing

@testable import EdgeAgent

/// The box's time on a machine whose clock cannot be trusted.
@Suite struct SiteClockTests {
    private static let noon = Timestamp(seconds: 1_800_000_000)

    private final class System: Sendable {
        private let stored: Mutex<Timestamp>
        init(_ start: Timestamp) { stored = Mutex(start) }
        func set(_ time: Timestamp) { stored.withLock { $0 = time } }
        var clock: WallClock { WallClock { self.stored.withLock { $0 } } }
    }

    @Test func `it follows the system forwards and never goes back`() {
        let system = System(Self.noon)
        let clock = SiteClock(latest: nil, system: system.clock).wallClock
        #expect(clock.now >= Self.noon)
        system.set(Self.noon + .seconds(3_600))
        let later = clock.now
        #expect(later >= Self.noon + .seconds(3_600))
        system.set(Timestamp(seconds: 0))
        #expect(clock.now >= later)
        #expect(clock.now < later + .seconds(60))
    }

    @Test func `the time for deadlines does not leap when the clock is put right`() {
        let system = System(Timestamp(seconds: 0))
        let clock = SiteClock(latest: nil, system: system.clock)
        system.set(Self.noon)
        #expect(clock.wallClock.now >= Self.noon)
        #expect(clock.steadyClock.now < Timestamp(seconds: 60))
    }

    @Test func `a box that boots in 1970 goes on from the last step written down`() async throws {
        let folder = try TemporaryDirectory()
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        let fresh = try await SiteClock(database: database, system: WallClock { Timestamp(seconds: 5) })
        #expect(fresh.wallClock.now < Timestamp(seconds: 65))
        try await PurchaseRows.insert(into: database, id: "pur_1", createdAt: Self.noon)
        let clock = try await SiteClock(database: database, system: WallClock { Timestamp(seconds: 5) })
        for now in [clock.wallClock.now, clock.steadyClock.now] {
            #expect(now >= Self.noon && now < Self.noon + .seconds(60))
        }
        try database.close()
    }
}
