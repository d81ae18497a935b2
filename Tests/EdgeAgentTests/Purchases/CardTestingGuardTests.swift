import Synchronization
import Testing

@testable import EdgeAgent

/// How many declined cards a phone and a site may have, by a clock that the test moves.
@Suite struct CardTestingGuardTests {
    private final class Time: Sendable {
        private let stored = Mutex(Duration.zero)
        var now: Duration { stored.withLock { $0 } }
        func pass(_ duration: Duration) { stored.withLock { $0 += duration } }
    }

    private let time: Time
    private let guardian: CardTestingGuard

    init() {
        let time = Time()
        self.time = time
        guardian = CardTestingGuard(now: { time.now })
    }

    @Test func `three declines within ten minutes block a phone for an hour, by either of its names`() {
        for _ in 0..<2 { guardian.recordDecline(["ip:1", "mac:1"]) }
        #expect(guardian.admit(["ip:1", "mac:1"]) == nil)
        guardian.recordDecline(["ip:1", "mac:1"])
        #expect(guardian.admit(["ip:1", "mac:2"]) == 3_600)
        #expect(guardian.admit(["ip:2", "mac:1"]) == 3_600)
        #expect(guardian.admit(["ip:2", "mac:2"]) == nil)
        time.pass(.seconds(3_599))
        #expect(guardian.admit(["ip:1"]) == 1)
        time.pass(.seconds(2))
        #expect(guardian.admit(["ip:1"]) == nil)
    }

    @Test func `declines that are far apart block nobody`() {
        for _ in 0..<12 {
            guardian.recordDecline(["ip:1"])
            time.pass(.seconds(601))
            #expect(guardian.admit(["ip:1"]) == nil)
        }
        #expect(guardian.siteBlockSeconds == nil)
    }

    @Test func `twenty declines within an hour turn cards off at the site for a quarter of an hour`() {
        for number in 1...19 { guardian.recordDecline(["ip:\(number)"]) }
        #expect(guardian.siteBlockSeconds == nil)
        guardian.recordDecline(["ip:20"])
        #expect(guardian.siteBlockSeconds == 900)
        time.pass(.seconds(899))
        #expect(guardian.siteBlockSeconds == 1)
        time.pass(.seconds(2))
        #expect(guardian.siteBlockSeconds == nil)
    }

    @Test func `twenty requests a minute are enough`() {
        for _ in 0..<20 { #expect(guardian.admit(["ip:1"]) == nil) }
        #expect(guardian.admit(["ip:1"]) != nil)
        #expect(guardian.admit(["ip:2"]) == nil)
        time.pass(.seconds(61))
        #expect(guardian.admit(["ip:1"]) == nil)
    }
}
