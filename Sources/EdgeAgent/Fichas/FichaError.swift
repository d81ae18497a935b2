import Shared

/// Why a ficha cannot take a step.
enum FichaError: Error, Equatable {
    /// The step does not begin where the ficha stands.
    case wrongState(FichaState)
    /// It went to other devices as often as it may.
    case movesUsedUp
    /// The stock's sell-by date has passed.
    case sellByPassed
}
