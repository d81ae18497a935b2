/// How long to wait before the centre is asked again: anything up to a ceiling that doubles, so that boxes which lost it
/// at the same moment do not come back in the same one. A centre that says when has spread its boxes itself, to the second.
struct RetryDelay {
    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(30)
    /// What a centre that says when leaves open.
    private static let spread = Duration.seconds(1)
    /// Nothing changes by itself when the centre says no.
    static let afterRefusal = Duration.seconds(300)

    private var ceiling = first

    mutating func next(after failure: CentreFailure, using generator: inout some RandomNumberGenerator) -> Duration {
        switch failure {
        case .notAdmitted, .refused, .unintelligible: return Self.afterRefusal
        case .away(let retryAfter?):
            return retryAfter + Self.spread * Double.random(in: 0...1, using: &generator)
        case .away(nil):
            defer { ceiling = min(ceiling * 2, Self.longest) }
            return ceiling * Double.random(in: 0...1, using: &generator)
        }
    }

    mutating func reset() {
        ceiling = Self.first
    }
}
