import TestSupport
import Testing

@testable import RouterOS

struct ReconnectDelayTests {
    @Test(arguments: UInt64(0)..<20)
    func `pauses double up to the longest, and begin anew`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var delay = ReconnectDelay()
        for ceiling in [0.5, 1, 2, 4, 8, 16, 30, 30, 30] {
            let pause = delay.next(after: .silent, using: &generator)
            #expect((.seconds(ceiling / 2) ... .seconds(ceiling)).contains(pause), "seed \(seed)")
        }
        delay.reset()
        #expect(delay.next(after: .silent, using: &generator) <= .seconds(0.5), "seed \(seed)")
    }

    @Test func `two boxes do not pause alike`() {
        var first = SplitMix64(seed: 1)
        var second = SplitMix64(seed: 2)
        var delay = ReconnectDelay()
        var other = ReconnectDelay()
        #expect(delay.next(after: .silent, using: &first) != other.next(after: .silent, using: &second))
    }

    @Test func `what only people can mend is tried once a minute`() {
        var generator = SplitMix64(seed: 0)
        var delay = ReconnectDelay()
        for failure: ConnectionFailure in [.loginRejected(message: "x"), .certificateMismatch(presentedSHA256: [])] {
            #expect(delay.next(after: failure, using: &generator) == .seconds(60))
        }
    }
}
