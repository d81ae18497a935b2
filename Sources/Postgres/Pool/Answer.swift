import Synchronization

/// One value, given once and waited for once, in either order.
final class Answer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case waited(CheckedContinuation<Value, Never>)
        case given(Value)
    }

    private let state = Mutex(State.open)

    /// Suspends until the value is given.
    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let given = state.withLock { state -> Value? in
                    if case .given(let value) = state { return value }
                    state = .waited(continuation)
                    return nil
                }
                if let given { continuation.resume(returning: given) }
            }
        }
    }

    /// To be called once.
    func give(_ value: Value) {
        let waiting = state.withLock { state -> CheckedContinuation<Value, Never>? in
            defer { state = .given(value) }
            guard case .waited(let continuation) = state else { return nil }
            return continuation
        }
        waiting?.resume(returning: value)
    }
}
