import Synchronization
import TestSupport

/// What the simulated boxes lived through, told by themselves.
final class FleetLedger: Sendable {
    private struct State {
        /// Boxes that were answered since the last call of ``begin()``, and how long after it each was for the first time.
        var answered: Set<Int> = []
        var firstAnswers: [Duration] = []
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
            state.firstAnswers = []
            state.perSecond = [:]
            state.begin = .now
        }
    }

    func noteAnswer(to box: Int) {
        let count = state.withLock { state in
            let now = ContinuousClock.now
            if state.answered.insert(box).inserted { state.firstAnswers.append(now - state.begin) }
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

    /// From ``begin()`` until this share of the boxes that were answered had been for the first time.
    func until(share: Double) -> Duration {
        state.withLock { state in
            guard !state.firstAnswers.isEmpty else { return .zero }
            let place = Int((Double(state.firstAnswers.count - 1) * share).rounded())
            return state.firstAnswers.sorted()[place]
        }
    }

    var busiestSecond: Int { state.withLock { $0.perSecond.values.max() ?? 0 } }
}
