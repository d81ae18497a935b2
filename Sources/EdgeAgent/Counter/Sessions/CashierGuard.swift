import ServerKit
import Synchronization

/// How often a PIN may be guessed: by the address a guess comes from, and for the cashier from all addresses together.
///
/// Thirty wrong PINs an hour for one cashier are three chances in a thousand to meet four digits, and each of them is in
/// the log. So that nobody locks a shop out by guessing, an address the cashier has signed in from is held to its own
/// limit alone.
final class CashierGuard: Sendable {
    private static let maximumPlaces = 256

    private let failuresFromAddress: RateLimiter<String>
    private let failures: RateLimiter<String>
    /// Where cashiers signed in since the program started, the latest last.
    private let places = Mutex<[String]>([])

    /// - Parameter now: Monotonic time.
    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        failuresFromAddress = RateLimiter(rule: .init(limit: 5, per: .seconds(300)), capacity: 4_096, now: now)
        failures = RateLimiter(rule: .init(limit: 30, per: .seconds(3_600)), capacity: 256, now: now)
    }

    /// - Returns: Whole seconds to wait, nil to go on.
    func wait(_ cashierID: String, from address: String) -> Int? {
        if case .blocked(let seconds) = failuresFromAddress.peek(address) { return seconds }
        guard !isKnown(cashierID, at: address) else { return nil }
        if case .blocked(let seconds) = failures.peek(cashierID) { return seconds }
        return nil
    }

    func recordFailure(_ cashierID: String, from address: String) {
        failuresFromAddress.record(address)
        if !isKnown(cashierID, at: address) { failures.record(cashierID) }
    }

    func recordSuccess(_ cashierID: String, from address: String) {
        let place = Self.place(cashierID, address)
        places.withLock { places in
            places.removeAll { $0 == place }
            places.append(place)
            if places.count > Self.maximumPlaces { places.removeFirst() }
        }
    }

    private func isKnown(_ cashierID: String, at address: String) -> Bool {
        places.withLock { $0.contains(Self.place(cashierID, address)) }
    }

    private static func place(_ cashierID: String, _ address: String) -> String { cashierID + " " + address }
}
