import Synchronization

/// A number that others change and a test waits for.
public final class Tally: Sendable {
    private struct State {
        var value = 0
        var waiters: [(isReached: @Sendable (Int) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    public init() {}

    public func set(_ value: Int) {
        change { $0 = value }
    }

    public func increment() {
        change { $0 += 1 }
    }

    /// Suspends until the number is `least` or more.
    public func reaches(_ least: Int) async {
        await wait { $0 >= least }
    }

    /// Suspends until the number is `most` or less.
    public func falls(to most: Int) async {
        await wait { $0 <= most }
    }

    private func wait(_ isReached: @escaping @Sendable (Int) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                let isOver = isReached(state.value)
                if !isOver { state.waiters.append((isReached, continuation)) }
                return isOver
            }
            if isOver { continuation.resume() }
        }
    }

    private func change(_ body: (inout Int) -> Void) {
        let woken = state.withLock { state in
            body(&state.value)
            let value = state.value
            defer { state.waiters.removeAll { $0.isReached(value) } }
            return state.waiters.filter { $0.isReached(value) }
        }
        for waiter in woken { waiter.continuation.resume() }
    }
}
