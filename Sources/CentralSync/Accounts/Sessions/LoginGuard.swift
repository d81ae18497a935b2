import ServerKit

/// How often somebody may guess: by the address they come from, by that and the account, and by the account alone.
///
/// The narrow limit keeps one guesser from locking the owner of an account out; the wide one stops guessing from many
/// addresses. Accounts that do not exist are counted alike. Each process counts for itself.
struct LoginGuard: Sendable {
    private let requests: RateLimiter<String>
    private let failuresFromAddress: RateLimiter<String>
    private let failures: RateLimiter<String>

    /// - Parameter now: Monotonic time.
    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        requests = RateLimiter(rule: .init(limit: 60, per: .seconds(60)), capacity: 4_096, now: now)
        failuresFromAddress = RateLimiter(rule: .init(limit: 5, per: .seconds(600)), capacity: 4_096, now: now)
        failures = RateLimiter(rule: .init(limit: 50, per: .seconds(3_600)), capacity: 4_096, now: now)
    }

    /// Counts one request without a session: to log in, to renew one, or to enrol a box.
    ///
    /// - Throws: `APIError` 429.
    func admitRequest(from address: String) throws(APIError) {
        try Self.require(requests.allow(address))
    }

    /// - Throws: `APIError` 429.
    func admitGuess(_ email: String, from address: String) throws(APIError) {
        try Self.require(failuresFromAddress.peek(Self.key(email, address)))
        try Self.require(failures.peek(email))
    }

    func recordFailure(_ email: String, from address: String) {
        failuresFromAddress.record(Self.key(email, address))
        failures.record(email)
    }

    private static func key(_ email: String, _ address: String) -> String { address + " " + email }

    private static func require(_ verdict: RateLimiter<String>.Verdict) throws(APIError) {
        if case .blocked(let seconds) = verdict { throw .tooManyRequests(retryAfterSeconds: seconds) }
    }
}
