/// How long to pause before the next attempt to connect: twice as long each time, up to a cap, and never quite the same,
/// so that boxes and routers that lost power together do not come back in step.
struct ReconnectDelay {
    static let first = Duration.milliseconds(500)
    static let longest = Duration.seconds(30)
    /// After a rejected login or a wrong certificate. Nothing changes by itself, and every attempt is a line in the
    /// router's log that its operator watches for (reference `routeros.md` §1.6).
    static let afterRejection = Duration.seconds(60)

    private var ceiling = first

    /// The pause after this failure: between half the ceiling and the ceiling.
    mutating func next(
        after failure: ConnectionFailure,
        using generator: inout some RandomNumberGenerator
    ) -> Duration {
        if failure.needsCorrection { return Self.afterRejection }
        defer { ceiling = min(ceiling * 2, Self.longest) }
        return ceiling * Double.random(in: 0.5...1, using: &generator)
    }

    /// The connection has proved useful.
    mutating func reset() {
        ceiling = Self.first
    }
}
