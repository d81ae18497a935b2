import Synchronization
import TestSupport
import Testing

@testable import ServerKit

struct RateLimiterTests {
    /// Time that a test moves.
    private final class Time: Sendable {
        private let value = Mutex(Duration.zero)
        var now: Duration { value.withLock { $0 } }
        func advance(by duration: Duration) { value.withLock { $0 += duration } }
    }

    private let time = Time()

    private func limiter(
        _ limit: Int,
        per window: Duration,
        block: Duration? = nil,
        capacity: Int = 16
    ) -> RateLimiter<Int> {
        let time = time
        return RateLimiter(rule: .init(limit: limit, per: window, block: block), capacity: capacity) { time.now }
    }

    @Test func theWindowSlides() {
        let limiter = limiter(2, per: .seconds(10))
        #expect(limiter.allow(1) == .allowed)
        time.advance(by: .seconds(4))
        #expect(limiter.allow(1) == .allowed)
        #expect(limiter.allow(1) == .blocked(retryAfterSeconds: 6))
        #expect(limiter.allow(2) == .allowed)
        time.advance(by: .milliseconds(5_500))
        #expect(limiter.allow(1) == .blocked(retryAfterSeconds: 1))
        time.advance(by: .milliseconds(500))
        #expect(limiter.allow(1) == .allowed)
        #expect(limiter.allow(1) == .blocked(retryAfterSeconds: 4))
    }

    @Test func whatIsRefusedIsNotCounted() {
        let limiter = limiter(1, per: .seconds(10))
        for _ in 0..<100 { _ = limiter.allow(1) }
        time.advance(by: .seconds(10))
        #expect(limiter.allow(1) == .allowed)
    }

    @Test func threeDeclinesBlockForAnHour() {
        let declines = limiter(3, per: .seconds(600), block: .seconds(3_600))
        for _ in 0..<3 {
            #expect(declines.peek(7) == .allowed)
            declines.record(7)
            time.advance(by: .seconds(1))
        }
        #expect(declines.peek(7) == .blocked(retryAfterSeconds: 3_599))
        #expect(declines.peek(8) == .allowed)
        time.advance(by: .seconds(3_598))
        #expect(declines.peek(7) == .blocked(retryAfterSeconds: 1))
        time.advance(by: .seconds(1))
        #expect(declines.peek(7) == .allowed)
        declines.record(7)
        declines.record(7)
        #expect(declines.peek(7) == .allowed)
        declines.record(7)
        #expect(declines.peek(7) == .blocked(retryAfterSeconds: 3_600))
    }

    @Test func declinesFarApartDoNotAddUp() {
        let declines = limiter(3, per: .seconds(600), block: .seconds(3_600))
        for _ in 0..<50 {
            declines.record(7)
            time.advance(by: .seconds(301))
            #expect(declines.peek(7) == .allowed)
        }
    }

    @Test func peekingChangesNothing() {
        let limiter = limiter(1, per: .seconds(10), capacity: 2)
        _ = limiter.allow(1)
        _ = limiter.allow(2)
        for _ in 0..<10 { _ = limiter.peek(1) }
        for key in 100..<110 { _ = limiter.peek(key) }
        // 1 is still the one used longest ago, so it is the one forgotten.
        _ = limiter.allow(3)
        #expect(limiter.peek(2) != .allowed)
        #expect(limiter.peek(1) == .allowed)
    }

    @Test func theKeyUsedLongestAgoIsForgotten() {
        let limiter = limiter(1, per: .seconds(10), capacity: 3)
        for key in [1, 2, 3] { _ = limiter.allow(key) }
        #expect(limiter.allow(1) != .allowed)
        _ = limiter.allow(4)
        #expect(limiter.peek(1) != .allowed)
        #expect(limiter.peek(2) == .allowed)
        #expect(limiter.peek(3) != .allowed)
        #expect(limiter.peek(4) != .allowed)
    }

    @Test func aFloodOfKeysTakesNoMoreMemory() {
        var windows = SlidingWindows<Int>(rule: .init(limit: 4, per: .seconds(60)), capacity: 64)
        var keys = LeastRecentlyUsed<Int>(capacity: 64)
        var slots: Set<Int> = []
        for key in 0..<100_000 {
            windows.record(key, at: .milliseconds(key))
            slots.insert(keys.touch(key).slot)
        }
        #expect(windows.count == 64)
        #expect(windows.storedTimes == 64 * 4)
        #expect(keys.count == 64)
        #expect(slots == Set(0..<64))
    }

    /// The plain definition, with all events remembered.
    private struct Model {
        let limit: Int
        let window: Duration
        let block: Duration?
        var events: [Int: [Duration]] = [:]
        var blockedUntil: [Int: Duration] = [:]

        func isBlocked(_ key: Int, at now: Duration) -> Bool {
            if let until = blockedUntil[key], until > now { return true }
            return (events[key] ?? []).filter { $0 > now - window }.count >= limit
        }

        mutating func record(_ key: Int, at now: Duration) {
            events[key, default: []].append(now)
            guard let block, (events[key] ?? []).filter({ $0 > now - window }).count >= limit else { return }
            blockedUntil[key] = now + block
            events[key] = []
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func agreesWithTheDefinition(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let block: Duration? =
            Bool.random(using: &random) ? .milliseconds(100 * Int.random(in: 1...80, using: &random)) : nil
        var model = Model(
            limit: Int.random(in: 1...5, using: &random),
            window: .milliseconds(100 * Int.random(in: 1...50, using: &random)),
            block: block
        )
        let limiter = limiter(model.limit, per: model.window, block: block)
        for step in 0..<500 {
            // Coarse steps, so that events often fall exactly on the edge of the window.
            time.advance(by: .milliseconds(100 * Int.random(in: 0...7, using: &random)))
            let key = Int.random(in: 0..<4, using: &random)
            let expected = model.isBlocked(key, at: time.now)
            let comment = "seed \(seed), step \(step)"
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                #expect((limiter.peek(key) != .allowed) == expected, "\(comment)")
            case 1:
                limiter.record(key)
                model.record(key, at: time.now)
            default:
                let verdict = limiter.allow(key)
                #expect((verdict != .allowed) == expected, "\(comment)")
                if !expected { model.record(key, at: time.now) }
                // Whoever waits as long as told gets through, and not one whole second earlier than needed.
                guard case .blocked(let seconds) = verdict else { continue }
                #expect(!model.isBlocked(key, at: time.now + .seconds(seconds)), "\(comment)")
                #expect(seconds == 1 || model.isBlocked(key, at: time.now + .seconds(seconds - 1)), "\(comment)")
            }
        }
    }
}
