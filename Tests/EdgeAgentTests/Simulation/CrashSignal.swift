import Synchronization

/// How a simulated box dies: whoever calls `happen()` never gets on, and the harness learns of it.
final class CrashSignal: Sendable {
    private let state = Mutex<(hasHappened: Bool, listeners: [AsyncStream<Void>.Continuation])>((false, []))

    /// Suspends until the task of the dead box is cancelled.
    func happen() async {
        let listeners = state.withLock { state in
            state.hasHappened = true
            return state.listeners
        }
        for listener in listeners { listener.yield() }
        let (never, hold) = AsyncStream<Void>.makeStream()
        for await _ in never {}
        hold.finish()
    }

    /// Suspends until the box dies, or the task is cancelled. A life can be waited for more than once.
    ///
    /// - Returns: Whether it died.
    func wait() async -> Bool {
        // A stream of its own: one that was cancelled while somebody waited on it is over for everybody.
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let isOver = state.withLock { state in
            state.listeners.append(continuation)
            return state.hasHappened
        }
        if isOver { return true }
        for await _ in stream { return true }
        return false
    }
}
