import Synchronization
import TestSupport

/// What the simulated boxes lived through, told by themselves.
final class FleetLedger: Sendable {
    private struct State {
        /// Boxes that were answered since the last call of ``begin()``, and when the last new one was.
        var answered: Set<Int> = []
        var lastAt = ContinuousClock.now
        var begin = ContinuousClock.now
        /// Answers by the second they came in.
        var perSecond: [Int: Int] = [:]
        /// Boxes that were given a new document.
        var changed: [Int] = []
        var sold = 0
        var taken = 0
    }

    private let state = Mutex(State())
    /// How many boxes were answered since the last call of ``begin()``.
    let answered = Tally()
    /// How many boxes were given a new document.
    let changed = Tally()
    /// How many ventas the centre has taken.
    let taken = Tally()

    /// Counts from here.
    func begin() {
        answered.set(0)
        state.withLock { state in
            state.answered = []
            state.perSecond = [:]
            state.begin = .now
        }
    }

    func noteAnswer(to box: Int) {
        let count = state.withLock { state in
            let now = ContinuousClock.now
            if state.answered.insert(box).inserted { state.lastAt = now }
            state.perSecond[Int((now - state.begin) / .seconds(1)), default: 0] += 1
            return state.answered.count
        }
        answered.set(count)
    }

    func noteChange(of box: Int) {
        changed.set(
            state.withLock { state in
                state.changed.append(box)
                return state.changed.count
            }
        )
    }

    func noteSale() { state.withLock { $0.sold += 1 } }

    func noteTaken() {
        taken.set(
            state.withLock { state in
                state.taken += 1
                return state.taken
            }
        )
    }

    var sold: Int { state.withLock { $0.sold } }
    /// How many boxes were answered since ``begin()``.
    var answeredCount: Int { state.withLock { $0.answered.count } }
    var changedBoxes: [Int] { state.withLock { $0.changed } }
    /// From ``begin()`` until the last box was answered for the first time.
    var untilLast: Duration { state.withLock { $0.lastAt - $0.begin } }
    var busiestSecond: Int { state.withLock { $0.perSecond.values.max() ?? 0 } }
}
