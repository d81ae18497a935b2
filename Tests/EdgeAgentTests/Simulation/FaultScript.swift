import Synchronization

/// Which call of a run fails, and how. Calls are counted through crashes, so a second fault can meet the recovery.
final class FaultScript: Sendable {
    enum Side: Hashable, Sendable {
        case conekta, router
    }

    private let state: Mutex<(next: Int, planned: [Int: CallFault], sides: [Side])>
    private let choose: @Sendable (Int, Side) -> CallFault?

    /// Faults at given calls, counted from 0.
    init(_ planned: [Int: CallFault]) {
        state = Mutex((0, planned, []))
        choose = { _, _ in nil }
    }

    /// Faults as a function of the call's number and side says.
    init(choosing choose: @escaping @Sendable (Int, Side) -> CallFault?) {
        state = Mutex((0, [:], []))
        self.choose = choose
    }

    /// The fault of the next call.
    func next(_ side: Side) -> CallFault? {
        let (number, planned) = state.withLock { state in
            defer { state.next += 1 }
            state.sides.append(side)
            return (state.next, state.planned[state.next])
        }
        return planned ?? choose(number, side)
    }

    /// The side of every call so far.
    var sides: [Side] { state.withLock { $0.sides } }
}
