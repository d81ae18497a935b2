import Shared

extension Timestamp {
    /// Conekta's seconds since 1970; nil where there are none or they are no time of this millennium or the next.
    init?(wireSeconds: Int64?) {
        guard let wireSeconds, (0...64_000_000_000).contains(wireSeconds) else { return nil }
        self.init(seconds: wireSeconds)
    }
}
