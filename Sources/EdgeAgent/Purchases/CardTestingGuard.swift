import ServerKit
import Shared

/// Stops those who try stolen cards on a portal: it counts *declines*, not purchases.
///
/// Thieves make up MAC addresses, so the limit of the whole site stands behind the limits of a phone: reaching it turns
/// cards off for everybody for a while, because Conekta suspends merchants that let cards be tested (reference
/// `reliability.md` §6.4, where the numbers come from).
final class CardTestingGuard: Sendable {
    private let byBuyer: RateLimiter<String>
    private let bySite: RateLimiter<String>
    /// Requests to buy, whatever comes of them.
    private let requests: RateLimiter<String>

    /// - Parameter now: Monotonic time.
    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        byBuyer = RateLimiter(
            rule: .init(limit: 3, per: .seconds(600), block: .seconds(3_600)),
            capacity: 4_096,
            now: now
        )
        bySite = RateLimiter(rule: .init(limit: 20, per: .seconds(3_600), block: .seconds(900)), capacity: 1, now: now)
        requests = RateLimiter(rule: .init(limit: 20, per: .seconds(60)), capacity: 4_096, now: now)
    }

    /// Whole seconds for which no card is taken at the site; nil when they are.
    var siteBlockSeconds: Int? {
        Self.seconds(bySite.peek("site"))
    }

    /// Counts a request to buy.
    ///
    /// - Returns: Whole seconds the buyer has to wait; nil when they may go on.
    func admit(_ buyer: [String]) -> Int? {
        let blocks = buyer.compactMap { Self.seconds(byBuyer.peek($0)) }
        let waits = buyer.compactMap { Self.seconds(requests.allow($0)) }
        return (blocks + waits).max()
    }

    /// Counts a card that was declined, against each of the names the buyer goes by.
    func recordDecline(_ buyer: [String]) {
        for name in buyer { byBuyer.record(name) }
        bySite.record("site")
    }

    private static func seconds(_ verdict: RateLimiter<String>.Verdict) -> Int? {
        if case .blocked(let seconds) = verdict { seconds } else { nil }
    }
}
