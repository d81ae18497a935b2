import Shared

/// Who is dealt with now and who comes back when: some at a time, and each of the others at a moment of its own, as many a
/// second as can be dealt with then.
///
/// Ten thousand boxes that were told the same pause, or guessed one, would come too many at once or leave the centre idle;
/// each that came too early would have cost a connection for nothing.
struct SyncTurns {
    /// Fewer are not called back in a second: who comes too early is told again.
    private static let slowestRate = 200
    /// Later than this nobody is told to come, however many wait.
    private static let longestPause = Duration.seconds(60)
    private static let shortestPause = Duration.seconds(1)

    private let limit: Int
    private var running = 0
    /// When the last of those sent away comes back.
    private var lastReturn = Duration.zero
    /// How many were dealt with in the second that is on and in the one before.
    private var second = Int64(0)
    private var ended = 0
    private var endedBefore = 0

    /// - Parameter limit: How many at a time.
    init(limit: Int) {
        self.limit = limit
    }

    /// - Parameter now: Time that only moves forward.
    /// - Returns: Nil to come in, which is to be ended by ``end(at:)``; else how long to stay away.
    mutating func begin(at now: Duration) -> Duration? {
        guard running >= limit else {
            running += 1
            return nil
        }
        turn(to: now)
        let rate = max(Self.slowestRate, endedBefore)
        lastReturn = max(lastReturn, now + Self.shortestPause) + .seconds(1) / rate
        return min(lastReturn - now, Self.longestPause)
    }

    mutating func end(at now: Duration) {
        turn(to: now)
        running -= 1
        ended += 1
    }

    private mutating func turn(to now: Duration) {
        let current = now.components.seconds
        guard current != second else { return }
        endedBefore = current == second + 1 ? ended : 0
        (second, ended) = (current, 0)
    }
}
