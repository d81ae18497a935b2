/// Time that only moves forward, for limits and durations. Tests hand in a closure of their own.
public enum Monotonic {
    private static let start = ContinuousClock.now

    /// The time since this process first asked.
    public static let now: @Sendable () -> Duration = { start.duration(to: .now) }
}
