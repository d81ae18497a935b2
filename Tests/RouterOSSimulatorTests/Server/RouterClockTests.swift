import RouterOSSimulator
import Shared
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RouterClockTests {
    @Test func theRoutersTimeFollowsTheRealOne() async throws {
        let router = try Client().router
        let clock = TestClock()
        try await withThrowingTaskGroup { group in
            group.addTask { try await RouterClock(router, clock: clock, step: .seconds(1)).run() }
            for passed in [1, 61] {
                await clock.waitForSleepers()
                clock.advance(by: .seconds(passed))
            }
            await clock.waitForSleepers()
            #expect(router.now == Client.start + .seconds(62))
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
