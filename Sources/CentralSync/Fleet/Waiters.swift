import ServerKit
import Synchronization

/// Those who wait to be told: boxes that poll this centre, and requests that wait for what came of a command.
///
/// Ten thousand boxes may wait here at once, so a wake touches those it is for and nobody else, and none of them has a
/// timer of its own.
final class Waiters: Sendable {
    private struct Place {
        weak var ticket: WaitTicket?
    }

    private struct State {
        var places: [WakeStore.Target: [ObjectIdentifier: Place]] = [:]
        var count = 0
        var suspended = 0
        var isClosed = false
        /// How many there were at the end.
        var closedCount = 0
    }

    /// How many come back in a second after all of them were sent away.
    private static let returnRate = 200

    private let state = Mutex(State())
    private let now: @Sendable () -> Duration
    private let onSuspend: (@Sendable (_ count: Int) -> Void)?

    /// - Parameters:
    ///   - now: Monotonic time.
    ///   - onSuspend: Told how many are suspended, whenever one begins or ends. For tests.
    init(
        now: @escaping @Sendable () -> Duration = Monotonic.now,
        onSuspend: (@Sendable (_ count: Int) -> Void)? = nil
    ) {
        self.now = now
        self.onSuspend = onSuspend
    }

    /// How many wait. For `/metrics`.
    var count: Int { state.withLock { $0.count } }

    /// The centre ends: nobody should wait here any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// For how long one is sent away. Another for each, so that not all of them come back at the same moment, and longer the
    /// more there are.
    var pauseSeconds: Int {
        let count = state.withLock { max($0.count, $0.closedCount) }
        return Int.random(in: 1...max(5, count / Self.returnRate))
    }

    /// Begins to listen, for as long as the ticket is held. What is woken while its holder still looks whether there is
    /// anything to tell is not lost: the ticket remembers it.
    func ticket(for targets: [WakeStore.Target], within limit: Duration) -> WaitTicket {
        let ticket = WaitTicket(self, targets, deadline: now() + limit)
        let isClosed = state.withLock { state in
            for target in targets {
                state.places[target, default: [:]][ObjectIdentifier(ticket)] = Place(ticket: ticket)
            }
            state.count += 1
            return state.isClosed
        }
        // Whoever comes now is not told of the end any more.
        if isClosed { ticket.wake() }
        return ticket
    }

    func wake(_ target: WakeStore.Target) {
        let woken = state.withLock { $0.places[target]?.values.compactMap(\.ticket) ?? [] }
        for ticket in woken { ticket.wake() }
    }

    /// Tells those who have waited long enough. Looks at all of them, so to be called once a second.
    func expire() {
        let now = now()
        let woken = state.withLock { state in
            state.places.values.flatMap { $0.values.compactMap(\.ticket).filter { $0.deadline <= now } }
        }
        for ticket in woken { ticket.wake() }
    }

    /// Tells all of them, because the centre ends.
    func close() {
        let woken = state.withLock { state in
            state.isClosed = true
            state.closedCount = state.count
            return state.places.values.flatMap { $0.values.compactMap(\.ticket) }
        }
        for ticket in woken { ticket.wake() }
    }

    fileprivate func hasPassed(_ deadline: Duration) -> Bool { now() >= deadline }

    fileprivate func remove(_ id: ObjectIdentifier, from targets: [WakeStore.Target]) {
        state.withLock { state in
            for target in targets {
                state.places[target]?[id] = nil
                if state.places[target]?.isEmpty == true { state.places[target] = nil }
            }
            state.count -= 1
        }
    }

    fileprivate func noteSuspended(_ change: Int) {
        guard let onSuspend else { return }
        onSuspend(
            state.withLock { state in
                state.suspended += change
                return state.suspended
            }
        )
    }
}

/// One listener's turn at ``Waiters``, which ends with the last reference to this.
final class WaitTicket: Sendable {
    private struct State {
        var isWoken = false
        var continuation: CheckedContinuation<Void, Never>?
    }

    fileprivate let deadline: Duration
    private let waiters: Waiters
    private let targets: [WakeStore.Target]
    private let state = Mutex(State())

    fileprivate init(_ waiters: Waiters, _ targets: [WakeStore.Target], deadline: Duration) {
        self.waiters = waiters
        self.targets = targets
        self.deadline = deadline
    }

    deinit {
        waiters.remove(ObjectIdentifier(self), from: targets)
    }

    /// Whether its holder has waited long enough.
    var isOver: Bool { waiters.hasPassed(deadline) }

    /// Suspends until there was a wake since the last return, the time is over or the task is cancelled.
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
                if isOver { continuation.resume() } else { waiters.noteSuspended(1) }
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
        guard let continuation else { return }
        waiters.noteSuspended(-1)
        continuation.resume()
    }
}
