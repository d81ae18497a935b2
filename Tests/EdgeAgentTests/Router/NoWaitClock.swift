import Synchronization

/// A clock on which every pause is over at once, and which knows how many there were.
final class NoWaitClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var pauses = 0
        var actions: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .zero }
    var pauses: Int { state.withLock { $0.pauses } }

    /// Does something in the pause of that number, the first being 1.
    func onPause(_ number: Int, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.actions[number] = action }
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let action = state.withLock { state in
            state.now = max(state.now, deadline)
            state.pauses += 1
            return state.actions.removeValue(forKey: state.pauses)
        }
        action?()
    }
}
