import Synchronization

/// Cancels what takes longer than a limit: one sleeping task for all that is under way.
///
/// Not one for each: a sleep that is cancelled stays in the runtime's queue until its time has come, some 1 KB each, so
/// that a few thousand quick requests a second filled the memory of a small box within the minute and a half of a limit
/// (measured by `scripts/bench memory`).
final class Deadlines: Sendable {
    private struct Entry: Sendable {
        let due: Duration
        let cancel: @Sendable () -> Void
    }

    private struct State {
        var nextID: UInt64 = 0
        var underWay: [UInt64: Entry] = [:]
        var isWatching = false
    }

    private let limit: Duration
    private let clock: any Clock<Duration>
    private let elapsed: @Sendable () -> Duration
    private let state = Mutex(State())

    init(limit: Duration, clock: any Clock<Duration>) {
        self.limit = limit
        self.clock = clock
        elapsed = Self.elapsed(on: clock)
    }

    /// Calls `cancel` when the limit is over, unless `end` comes first.
    func begin(_ cancel: @escaping @Sendable () -> Void) -> UInt64 {
        let due = elapsed() + limit
        let (id, mustWatch) = state.withLock { state in
            defer {
                state.nextID += 1
                state.isWatching = true
            }
            state.underWay[state.nextID] = Entry(due: due, cancel: cancel)
            return (state.nextID, !state.isWatching)
        }
        if mustWatch { Task { await watch() } }
        return id
    }

    /// - Returns: False when the limit was over before.
    func end(_ id: UInt64) -> Bool {
        state.withLock { $0.underWay.removeValue(forKey: id) != nil }
    }

    /// Sleeps until the next limit is over, again and again; ends when it then finds nothing under way.
    private func watch() async {
        var pause: Duration? = limit
        while let time = pause {
            try? await clock.sleep(for: time)
            pause = cancelOverdue()
        }
    }

    /// - Returns: The time until the next limit is over; nil when nothing is under way.
    private func cancelOverdue() -> Duration? {
        let now = elapsed()
        let (overdue, next) = state.withLock { state in
            let overdue = state.underWay.filter { $0.value.due <= now }
            for id in overdue.keys { state.underWay[id] = nil }
            state.isWatching = !state.underWay.isEmpty
            return (overdue, state.underWay.values.map(\.due).min())
        }
        for entry in overdue.values { entry.cancel() }
        return next.map { $0 - now }
    }

    private static func elapsed<C: Clock<Duration>>(on clock: C) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
