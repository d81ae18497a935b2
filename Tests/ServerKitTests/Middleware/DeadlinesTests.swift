import Synchronization
import TestSupport
import Testing

@testable import ServerKit

struct DeadlinesTests {
    private let clock = TestClock()

    @Test func whatIsStillUnderWayIsCancelledWhenItsOwnTimeIsOver() async {
        let deadlines = Deadlines(limit: .seconds(90), clock: clock)
        let cancelled = Mutex<[String]>([])
        let first = deadlines.begin { cancelled.withLock { $0.append("first") } }
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(60))
        let second = deadlines.begin { cancelled.withLock { $0.append("second") } }
        clock.advance(by: .seconds(30))
        await clock.waitForSleepers(1)
        #expect(cancelled.withLock { $0 } == ["first"])
        #expect(!deadlines.end(first))
        #expect(deadlines.end(second))
    }

    @Test func manyQuickOnesLeaveOneSleepBehind() async {
        let deadlines = Deadlines(limit: .seconds(90), clock: clock)
        for _ in 0..<1_000 { #expect(deadlines.end(deadlines.begin {})) }
        let last = deadlines.begin {}
        await clock.waitForSleepers(1)
        #expect(clock.sleeperCount == 1)
        // Once it finds nothing, it ends; whoever comes next is watched again.
        #expect(deadlines.end(last))
        clock.advance(by: .seconds(90))
        let cancelled = Mutex(false)
        _ = deadlines.begin { cancelled.withLock { $0 = true } }
        await clock.waitForSleepers(1)
        clock.advance(by: .seconds(180))
        while !cancelled.withLock({ $0 }) { await Task.yield() }
    }
}
