import Shared
import Synchronization
import Testing

@testable import EdgeAgent

/// How far the box's clock is believed, and what it is worth to fichas.
@Suite struct ClockQualityTests {
    private static let noon = Timestamp(seconds: 1_800_000_000)

    private final class Machine: Sendable {
        private let state = Mutex((uptime: Duration.seconds(100), system: ClockQualityTests.noon, isSet: false))
        var uptime: Duration { state.withLock { $0.uptime } }
        func pass(_ time: Duration) {
            state.withLock {
                $0.uptime += time
                $0.system = $0.system + time
            }
        }
        func setClock(_ time: Timestamp) { state.withLock { $0.system = time } }
        func confirm(_ isSet: Bool = true) { state.withLock { $0.isSet = isSet } }

        func clock(mark: ClockMark? = nil, boot: String = "a") -> SiteClock {
            SiteClock(
                latest: nil,
                mark: mark,
                system: WallClock { self.state.withLock { $0.system } },
                boot: SystemBoot(id: boot) { self.uptime },
                witness: ClockWitness(
                    isSetByNTP: { self.state.withLock { $0.isSet } },
                    uptime: { self.uptime }
                )
            )
        }
    }

    @Test func `a clock that was far ahead goes back once somebody says so`() {
        let machine = Machine()
        machine.setClock(Self.noon + .seconds(86_400 * 365))
        let clock = machine.clock()
        #expect(clock.wallClock.now > Self.noon + .seconds(86_400))
        machine.setClock(Self.noon)
        clock.look()
        #expect(clock.wallClock.now > Self.noon + .seconds(86_400), "nobody confirmed it")
        machine.confirm()
        clock.look()
        #expect(clock.wallClock.now == Self.noon && clock.quality == .synced)
        machine.pass(.seconds(5))
        #expect(clock.wallClock.now == Self.noon + .seconds(5) && clock.moment.time == Self.noon + .seconds(5))
    }

    @Test func `in the same run of the machine the time goes on to the second, in another from the mark`() {
        let machine = Machine()
        machine.confirm()
        let first = machine.clock()
        first.look()
        let mark = first.proven.mark
        machine.pass(.seconds(300))
        machine.confirm(false)
        machine.setClock(Timestamp(seconds: 7))
        let second = machine.clock(mark: mark)
        #expect(second.proven.now == Self.noon + .seconds(300) && second.quality == .synced)
        let third = machine.clock(mark: mark, boot: "b")
        #expect(third.proven.now == Self.noon && third.quality == .unsynced)
        machine.setClock(Self.noon + .seconds(5_000))
        #expect(third.quality == .restored)
        #expect(third.proven.now == Self.noon, "nobody confirmed it")
    }

    @Test func `a confirmed clock that leaps is not believed for an hour`() {
        let machine = Machine()
        machine.confirm()
        let clock = machine.clock()
        clock.look()
        machine.setClock(Self.noon + .seconds(86_400))
        clock.look()
        #expect(clock.proven.now == Self.noon && clock.quality != .synced)
        #expect(clock.moment.isTimeSynced, "what is begun now is begun at the right time")
        machine.pass(.seconds(3_600))
        clock.look()
        #expect(clock.proven.now == Self.noon + .seconds(90_000) && clock.quality == .synced)
    }

    @Test func `the centre's clock confirms ours where it agrees, until ours is set to something else`() {
        let machine = Machine()
        let clock = machine.clock()
        clock.hear(Self.noon + .seconds(300))
        clock.look()
        #expect(clock.quality == .restored)
        clock.hear(Self.noon + .seconds(20))
        machine.pass(.seconds(60))
        machine.setClock(Self.noon + .seconds(7_200))
        clock.look()
        #expect(clock.quality == .restored)
        machine.setClock(Self.noon + .seconds(60))
        clock.look()
        #expect(clock.quality == .synced)
    }
}
