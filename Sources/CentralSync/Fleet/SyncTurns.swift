import NIOCore
import Shared

/// Who is dealt with now, who waits a moment, and who comes back when: some at a time, as many again in a line, and each of
/// the others at a moment of its own, as many a second as can be dealt with then.
///
/// To send one away costs a connection, which is more than to let it wait; but each that waits holds memory, and ten
/// thousand come at once. Those that were told the same pause, or guessed one, would come too many at once again.
struct SyncTurns<Waiter> {
    enum Turn {
        case now
        /// The waiter is in the line; ``end(at:)`` gives it back when it is its turn.
        case inLine
        case later(Duration)
    }

    /// Fewer are not called back in a second: who comes too early waits in the line.
    private static var slowestRate: Int { 200 }
    /// Later than this nobody is told to come, however many wait.
    private static var longestPause: Duration { .seconds(60) }
    private static var shortestPause: Duration { .seconds(1) }

    private let limit: Int
    private let lineLimit: Int
    private var running = 0
    private var line = CircularBuffer<Waiter>()
    /// When the last of those sent away comes back.
    private var lastReturn = Duration.zero
    /// How many were dealt with in the second that is on and in the one before.
    private var second = Int64(0)
    private var ended = 0
    private var endedBefore = 0

    /// - Parameters:
    ///   - limit: How many are dealt with at a time.
    ///   - lineLimit: How many wait for that.
    init(limit: Int, lineLimit: Int) {
        self.limit = limit
        self.lineLimit = lineLimit
    }

    /// - Parameters:
    ///   - mayBeSentAway: Else there is room in the line.
    ///   - now: Time that only moves forward.
    mutating func begin(_ waiter: Waiter, mayBeSentAway: Bool = true, at now: Duration) -> Turn {
        if running < limit {
            running += 1
            return .now
        }
        if line.count < lineLimit || !mayBeSentAway {
            line.append(waiter)
            return .inLine
        }
        turn(to: now)
        let rate = max(Self.slowestRate, endedBefore)
        let earliest = now + max(Self.shortestPause, .seconds(line.count) / rate)
        lastReturn = max(lastReturn, earliest) + .seconds(1) / rate
        return .later(min(lastReturn - now, Self.longestPause))
    }

    /// One has been dealt with.
    ///
    /// - Returns: Whose turn it is now.
    mutating func end(at now: Duration) -> Waiter? {
        turn(to: now)
        ended += 1
        if let next = line.popFirst() { return next }
        running -= 1
        return nil
    }

    private mutating func turn(to now: Duration) {
        let current = now.components.seconds
        guard current != second else { return }
        endedBefore = current == second + 1 ? ended : 0
        (second, ended) = (current, 0)
    }
}
