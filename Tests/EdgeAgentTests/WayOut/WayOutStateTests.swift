import TestSupport
import Testing

@testable import EdgeAgent

@Suite struct WayOutStateTests {
    @Test func `two failures in a row close it, two answers in a row open it`() {
        var state = WayOutState(at: .zero)
        #expect(state.isOpen)
        state.note(.unreachable, at: .seconds(1))
        #expect(state.isOpen)
        state.note(.answered, at: .seconds(2))
        state.note(.unreachable, at: .seconds(3))
        #expect(state.isOpen, "one failure between answers is a stutter")
        state.note(.unreachable, at: .seconds(4))
        #expect(!state.isOpen)
        #expect(state.turnedAt == .seconds(4))
        state.note(.answered, at: .seconds(9))
        state.note(.unreachable, at: .seconds(14))
        state.note(.answered, at: .seconds(20))
        #expect(!state.isOpen, "one answer between failures is a stutter")
        state.note(.answered, at: .seconds(25))
        #expect(state.isOpen)
    }

    @Test func `a line that is away is asked after five seconds, then less and less, at most twice a minute`() {
        var state = WayOutState(at: .zero)
        #expect(state.nextLookAt == .zero, "the first look is due at the start")
        var looks: [Int] = []
        while state.nextLookAt < .seconds(200) {
            let now = state.nextLookAt
            looks.append(Int(now / .seconds(1)))
            state.note(.unreachable, at: now)
        }
        #expect(looks == [0, 1, 6, 16, 36, 66, 96, 126, 156, 186])
    }

    /// Requests that waited out their minute end when the line has been back for long.
    @Test func `what was asked before the latest answer was asked for is old news`() {
        var state = WayOutState(at: .zero)
        state.note(.answered, askedAt: .seconds(30), at: .seconds(31))
        for second in 60...62 { state.note(.unreachable, askedAt: .seconds(second - 60), at: .seconds(second)) }
        #expect(state.isOpen)
        #expect(state.nextLookAt == .seconds(91), "nobody has to look because of it either")
        for second in 90...91 { state.note(.unreachable, askedAt: .seconds(second - 60), at: .seconds(second)) }
        #expect(!state.isOpen, "asked at the same time or later, it counts")
    }

    @Test func `while buyers pay nobody else has to look`() {
        var state = WayOutState(at: .zero)
        for second in 1...100 { state.note(.answered, at: .seconds(second * 30)) }
        #expect(state.nextLookAt == .seconds(100 * 30 + 60))
    }

    /// Whatever comes: it says what the last two in a row said, and somebody looks within a minute.
    @Test(arguments: 1...20) func `any news`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var state = WayOutState(at: .zero)
        var (now, last): (Duration, WayOutState.News?) = (.zero, nil)
        for _ in 0..<500 {
            now += .milliseconds(Int.random(in: 1...90_000, using: &generator))
            let news: WayOutState.News = Bool.random(using: &generator) ? .answered : .unreachable
            state.note(news, at: now)
            if news == last { #expect(state.isOpen == (news == .answered)) }
            #expect(state.nextLookAt > now && state.nextLookAt <= now + .seconds(60))
            last = news
        }
    }
}
