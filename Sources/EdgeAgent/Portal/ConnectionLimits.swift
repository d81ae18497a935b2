import ServerKit

/// Bounds on what asks the router for a phone: guessing codes, and fingers that tap too much.
///
/// Guesses are counted by address, by phone and for the whole site. The site's count holds up only those who guessed wrong
/// before: whoever comes with a code they have gets in while others guess, and the counter is not asked at all. Nothing
/// blocks the site for longer than a minute. With nine random digits in a code and a thousand fichas alive, thirty guesses
/// a minute meet one in about three weeks.
struct ConnectionLimits: Sendable {
    private let byAddress: RateLimiter<String>
    /// Codes nobody knows, by address and by phone.
    private let guesses: RateLimiter<String>
    /// Whoever named a code that nobody knows, lately.
    private let guessers: RateLimiter<String>
    private let site: RateLimiter<String>

    /// - Parameter now: Monotonic time.
    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        byAddress = RateLimiter(rule: .init(limit: 8, per: .seconds(60)), capacity: 4_096, now: now)
        guesses = RateLimiter(
            rule: .init(limit: 12, per: .seconds(600), block: .seconds(600)),
            capacity: 4_096,
            now: now
        )
        guessers = RateLimiter(rule: .init(limit: 1, per: .seconds(600)), capacity: 4_096, now: now)
        site = RateLimiter(rule: .init(limit: 30, per: .seconds(60)), capacity: 1, now: now)
    }

    /// Counts a try.
    ///
    /// - Returns: Whole seconds to wait, nil to go on.
    func admit(_ address: String?) -> Int? {
        Self.seconds(byAddress.allow(address ?? "-"))
    }

    /// Counts a try with a typed code.
    ///
    /// - Parameter names: What the phone goes by, as `BuyerDevice.limitKeys` makes them.
    /// - Returns: Whole seconds to wait, nil to go on.
    func admitTypedCode(_ address: String?, names: [String]) -> Int? {
        let ownWait = names.compactMap { Self.seconds(guesses.peek($0)) }.max()
        let hasGuessed = names.contains { guessers.peek($0) != .allowed }
        let siteWait = hasGuessed ? Self.seconds(site.peek("site")) : nil
        return [ownWait, siteWait].compactMap(\.self).max() ?? admit(address)
    }

    /// Counts a typed code that nobody knows.
    func recordUnknownCode(names: [String]) {
        for name in names {
            guesses.record(name)
            guessers.record(name)
        }
        site.record("site")
    }

    private static func seconds(_ verdict: RateLimiter<String>.Verdict) -> Int? {
        if case .blocked(let seconds) = verdict { seconds } else { nil }
    }
}
