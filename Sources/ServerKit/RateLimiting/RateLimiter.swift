import Synchronization

/// Counts events of each key in a sliding window, and says when there have been too many.
///
/// Used for requests (`allow`) and for events that are known only afterwards, such as declined cards (`peek` before,
/// `record` after). Its memory is fixed when it is made: when more keys come than it holds, the one not seen for the
/// longest time is forgotten, so put a limiter with few keys (the whole site) behind one whose keys a client can make
/// up (reference `reliability.md` §6.4).
public final class RateLimiter<Key: Hashable & Sendable>: Sendable {
    /// How many events in how much time.
    public struct Rule: Sendable {
        public let limit: Int
        public let window: Duration
        /// How long a key is blocked once it reaches the limit; its count starts again after that. Nil blocks only
        /// until the oldest event has left the window.
        public let block: Duration?

        /// - Precondition: `limit` is at least 1.
        public init(limit: Int, per window: Duration, block: Duration? = nil) {
            precondition(limit > 0, "a limit of none is a route that should not exist")
            self.limit = limit
            self.window = window
            self.block = block
        }
    }

    /// What becomes of a key's next event.
    public enum Verdict: Hashable, Sendable {
        case allowed
        /// Whole seconds until the key is allowed again, at least 1.
        case blocked(retryAfterSeconds: Int)
    }

    private let now: @Sendable () -> Duration
    private let state: Mutex<SlidingWindows<Key>>

    /// - Parameters:
    ///   - capacity: How many keys are remembered; the memory is about `capacity × (150 + 16 × limit)` bytes.
    ///   - now: Monotonic time.
    public init(rule: Rule, capacity: Int, now: @escaping @Sendable () -> Duration = Monotonic.now) {
        self.now = now
        state = Mutex(SlidingWindows(rule: rule, capacity: capacity))
    }

    /// Whether the key is blocked. Changes nothing.
    public func peek(_ key: Key) -> Verdict {
        let time = now()
        return Self.verdict(state.withLock { $0.remainingBlock(of: key, at: time) })
    }

    /// Counts one event, blocked or not.
    public func record(_ key: Key) {
        let time = now()
        state.withLock { $0.record(key, at: time) }
    }

    /// Counts one event unless the key is blocked. What is refused is not counted: a client that waits gets through.
    public func allow(_ key: Key) -> Verdict {
        let time = now()
        return Self.verdict(
            state.withLock { state in
                if let remaining = state.remainingBlock(of: key, at: time) {
                    state.keep(key)
                    return remaining
                }
                state.record(key, at: time)
                return nil
            }
        )
    }

    private static func verdict(_ remaining: Duration?) -> Verdict {
        guard let remaining else { return .allowed }
        let parts = remaining.components
        return .blocked(retryAfterSeconds: max(1, Int(parts.seconds) + (parts.attoseconds > 0 ? 1 : 0)))
    }
}
