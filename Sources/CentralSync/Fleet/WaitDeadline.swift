/// A moment on a clock, until which an answer is held back.
struct WaitDeadline: Sendable {
    let isOver: @Sendable () -> Bool
    let wait: @Sendable () async -> Void
}

extension Clock<Duration> {
    /// The moment after a duration from now.
    func now(advancedBy duration: Duration) -> WaitDeadline {
        let deadline = now.advanced(by: duration)
        return WaitDeadline {
            self.now >= deadline
        } wait: {
            // Only cancellation ends the sleep early, and whoever cancels does not look at what it waited for.
            try? await self.sleep(until: deadline, tolerance: nil)
        }
    }
}
