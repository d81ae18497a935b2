import TestSupport
import Testing

@testable import EdgeAgent

struct RetryDelayTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `pauses grow to half a minute while nobody answers, and begin anew after an answer`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var delay = RetryDelay()
        for ceiling in [1, 2, 4, 8, 16, 30, 30] {
            #expect(delay.next(after: .away(retryAfter: nil), using: &generator) <= .seconds(ceiling))
        }
        let late = (0..<20).map { _ in delay.next(after: .away(retryAfter: nil), using: &generator) }
        #expect((late.max() ?? .zero) > .seconds(8))
        delay.reset()
        #expect(delay.next(after: .away(retryAfter: nil), using: &generator) <= .seconds(1))
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `a centre that says when is taken at its word, to the second and however often`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var delay = RetryDelay()
        for _ in 0..<10 {
            let pause = delay.next(after: .away(retryAfter: .seconds(40)), using: &generator)
            #expect(pause >= .seconds(40) && pause <= .seconds(41))
        }
        #expect(delay.next(after: .refused(status: 403, code: "box_blocked"), using: &generator) == .seconds(300))
    }
}
