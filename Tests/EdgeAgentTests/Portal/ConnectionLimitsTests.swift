import Testing

@testable import EdgeAgent

/// Guessing is slow for whoever guesses, and for nobody else.
@Suite struct ConnectionLimitsTests {
    @Test func `tries are bounded for a minute`() {
        let time = TestTime()
        let limits = ConnectionLimits(now: { time.now })
        for _ in 0..<8 { #expect(limits.admit("10.0.0.1") == nil) }
        #expect(limits.admit("10.0.0.1") == 60)
        time.pass(.seconds(60))
        #expect(limits.admit("10.0.0.1") == nil)
    }

    @Test func `a phone that guesses is held up, whatever address it takes`() {
        let time = TestTime()
        let limits = ConnectionLimits(now: { time.now })
        for number in 0..<12 {
            #expect(limits.admitTypedCode("10.0.0.\(number)", names: ["ip:\(number)", "mac:a"]) == nil)
            limits.recordUnknownCode(names: ["ip:\(number)", "mac:a"])
            time.pass(.seconds(10))
        }
        #expect(limits.admitTypedCode("10.0.0.99", names: ["ip:99", "mac:a"]) != nil)
        #expect(limits.admitTypedCode("10.0.0.98", names: ["ip:98", "mac:b"]) == nil)
        time.pass(.seconds(601))
        #expect(limits.admitTypedCode("10.0.0.99", names: ["ip:99", "mac:a"]) == nil)
    }

    @Test func `while many guess, who has a code gets in`() {
        let time = TestTime()
        let limits = ConnectionLimits(now: { time.now })
        for number in 0..<30 { limits.recordUnknownCode(names: ["mac:\(number)"]) }
        #expect(limits.admitTypedCode("10.0.0.1", names: ["mac:3"]) != nil)
        #expect(limits.admitTypedCode("10.0.0.2", names: ["mac:honest"]) == nil)
        time.pass(.seconds(61))
        #expect(limits.admitTypedCode("10.0.0.1", names: ["mac:3"]) == nil)
    }
}
