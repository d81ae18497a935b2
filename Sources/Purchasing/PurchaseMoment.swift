public import Shared

/// The present, on both of the clocks a purchase lives by.
public struct PurchaseMoment: Sendable, Equatable {
    /// Written down, and compared across restarts. A clock that is set forwards takes it along.
    public let time: Timestamp
    /// On a clock nobody sets. Its start means nothing; it is the same for as long as the process lives.
    public let uptime: Duration

    public init(time: Timestamp, uptime: Duration) {
        self.time = time
        self.uptime = uptime
    }
}
