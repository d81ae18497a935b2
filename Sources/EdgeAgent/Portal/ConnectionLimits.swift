import ServerKit

/// Bounds on what asks the router for a phone: guessing codes, and fingers that tap too much.
///
/// Nothing here blocks for longer than a minute, and what the whole site may fail is counted apart from what it
/// succeeds in, so that a school's break does not look like an attack. With nine random digits in a code and a thousand
/// fichas alive, thirty guesses a minute meet one in about three weeks, and every one of them is seen in the metrics.
struct ConnectionLimits: Sendable {
    private let byAddress: RateLimiter<String>
    private let failures: RateLimiter<String>

    /// - Parameter now: Monotonic time.
    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        byAddress = RateLimiter(rule: .init(limit: 8, per: .seconds(60)), capacity: 4_096, now: now)
        failures = RateLimiter(rule: .init(limit: 30, per: .seconds(60)), capacity: 1, now: now)
    }

    /// Counts a try.
    ///
    /// - Returns: Whole seconds to wait, nil to go on.
    func admit(_ address: String?) -> Int? {
        Self.seconds(byAddress.allow(address ?? "-"))
    }

    /// Counts a try with a typed code, which the whole site's failures can hold up as well.
    ///
    /// - Returns: Whole seconds to wait, nil to go on.
    func admitTypedCode(_ address: String?) -> Int? {
        Self.seconds(failures.peek("site")) ?? admit(address)
    }

    /// Counts a typed code that the router did not know.
    func recordUnknownCode() {
        failures.record("site")
    }

    private static func seconds(_ verdict: RateLimiter<String>.Verdict) -> Int? {
        if case .blocked(let seconds) = verdict { seconds } else { nil }
    }
}
