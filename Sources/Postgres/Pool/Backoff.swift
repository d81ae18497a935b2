/// Longer and longer pauses between attempts, spread so that many who failed together do not come back together.
struct Backoff: Sendable {
    let initial: Duration
    let maximum: Duration
    /// A number from 0 up to 1; the system's, or a test's.
    var random: @Sendable () -> Double = { Double.random(in: 0..<1) }

    /// The pause after so many failures in a row, at least 1: between half and all of the doubled initial pause.
    func pause(afterFailures failures: Int) -> Duration {
        let doublings = min(max(failures, 1) - 1, 20)
        let full = min(initial * (1 << doublings), maximum)
        return full * (0.5 + random() / 2)
    }
}
