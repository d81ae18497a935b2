import Synchronization

/// Those who wait to be told: boxes that poll this centre, and requests that wait for what came of a command.
///
/// Ten thousand boxes may wait here at once, so a wake touches those it is for and nobody else.
final class Waiters: Sendable {
    private struct State {
        var tickets: [WakeStore.Target: [ObjectIdentifier: WaitTicket]] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let onChange: (@Sendable (_ count: Int) -> Void)?

    /// - Parameter onChange: Told how many wait, whenever one begins or ends. For tests: counting is not free.
    init(onChange: (@Sendable (_ count: Int) -> Void)? = nil) {
        self.onChange = onChange
    }

    /// How many wait. For `/metrics`.
    var count: Int {
        state.withLock { Set($0.tickets.values.flatMap(\.keys)).count }
    }

    /// The centre ends: nobody should wait here any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Begins to listen, runs `body`, and listens no more. What is woken while `body` still looks whether there is anything
    /// to tell is not lost: the ticket remembers it.
    func withTicket<Value>(
        for targets: [WakeStore.Target],
        _ body: (WaitTicket) async throws -> Value
    ) async rethrows -> Value {
        let ticket = WaitTicket()
        state.withLock { state in
            for target in targets { state.tickets[target, default: [:]][ObjectIdentifier(ticket)] = ticket }
            // Whoever comes now is not told of the end any more.
            if state.isClosed { ticket.wake() }
        }
        onChange?(count)
        defer {
            state.withLock { state in
                for target in targets {
                    state.tickets[target]?[ObjectIdentifier(ticket)] = nil
                    if state.tickets[target]?.isEmpty == true { state.tickets[target] = nil }
                }
            }
            onChange?(count)
        }
        return try await body(ticket)
    }

    func wake(_ target: WakeStore.Target) {
        let woken = state.withLock { $0.tickets[target].map { Array($0.values) } ?? [] }
        for ticket in woken { ticket.wake() }
    }

    /// Tells all of them, because the centre ends.
    func close() {
        let woken = state.withLock { state in
            state.isClosed = true
            return state.tickets.values.flatMap(\.values)
        }
        for ticket in woken { ticket.wake() }
    }
}

/// One listener's turn at ``Waiters``.
final class WaitTicket: Sendable {
    private struct State {
        var isWoken = false
        var continuation: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Suspends until there was a wake since the last return, or the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isWoken || Task.isCancelled {
                        state.isWoken = false
                        return true
                    }
                    state.continuation = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            release(isWake: false)
        }
    }

    fileprivate func wake() {
        release(isWake: true)
    }

    private func release(isWake: Bool) {
        let continuation = state.withLock { state in
            defer { state.continuation = nil }
            // Nobody waits yet: whoever does next finds it.
            if isWake, state.continuation == nil { state.isWoken = true }
            return state.continuation
        }
        continuation?.resume()
    }
}
