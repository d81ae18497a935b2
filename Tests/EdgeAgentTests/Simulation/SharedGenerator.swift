import Shared
import Synchronization
import TestSupport

/// A seeded generator that closures of several tasks can draw codes from.
final class SharedGenerator: Sendable {
    private struct State {
        var generator: SplitMix64
        var drawn: [FichaCode] = []
    }

    private let state: Mutex<State>
    /// Each code comes twice in a row, as bad luck would have it.
    private let repeats: Bool

    init(_ generator: SplitMix64, repeats: Bool = false) {
        state = Mutex(State(generator: generator))
        self.repeats = repeats
    }

    func draw() -> FichaCode {
        state.withLock { state in
            let isRepetition = repeats && !state.drawn.count.isMultiple(of: 2)
            let code = isRepetition ? state.drawn[state.drawn.count - 1] : FichaCode(using: &state.generator)
            state.drawn.append(code)
            return code
        }
    }

    /// Every code drawn so far.
    var drawn: [FichaCode] { state.withLock { $0.drawn } }
}
