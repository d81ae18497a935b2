/// How long to wait before the centre is asked again: anything up to a ceiling that doubles, so that boxes which lost it
/// at the same moment do not come back in the same one.
struct RetryDelay {
    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(30)
    /// Nothing changes by itself when the centre says no.
    static let afterRefusal = Duration.seconds(300)

    private var ceiling = first

    mutating func next(after failure: CentreFailure, using generator: inout some RandomNumberGenerator) -> Duration {
        switch failure {
        case .notAdmitted, .refused, .unintelligible: return Self.afterRefusal
        case .away(let retryAfter):
            defer { ceiling = min(ceiling * 2, Self.longest) }
            return (retryAfter ?? .zero) + ceiling * Double.random(in: 0...1, using: &generator)
        }
    }

    mutating func reset() {
        ceiling = Self.first
    }
}
