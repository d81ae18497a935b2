public import ServiceLifecycle

/// Lets a simulated router's time go by as the real one does, for demonstrations. Tests move the clock by hand instead.
public struct RouterClock<Real: Clock<Duration>>: Service {
    private let router: RouterOSSimulator
    private let clock: Real
    private let step: Duration

    /// Moves the router's clock every `step` by what truly went by.
    public init(_ router: RouterOSSimulator, clock: Real, step: Duration = .milliseconds(250)) {
        self.router = router
        self.clock = clock
        self.step = step
    }

    /// Runs until graceful shutdown or cancellation.
    public func run() async throws {
        // Cancelled is how it ends.
        try? await cancelWhenGracefulShutdown { try await follow() }
    }

    private func follow() async throws {
        var last = clock.now
        while true {
            try await clock.sleep(for: step)
            let now = clock.now
            router.advance(by: last.duration(to: now))
            last = now
        }
    }
}
