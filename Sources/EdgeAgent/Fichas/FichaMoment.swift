import Shared

/// The present, as the life of a ficha needs it.
struct FichaMoment: Sendable, Equatable {
    /// What has passed for certain: never ahead of the real time, so nobody loses a second they paid for.
    let time: Timestamp
    /// What people read.
    let wall: Timestamp
    let quality: ClockQuality
    /// Whether `time` is on a clock that was confirmed, be it in doubt since: what is begun on it need not move along later.
    let isTimeSynced: Bool

    init(time: Timestamp, wall: Timestamp, quality: ClockQuality, isTimeSynced: Bool? = nil) {
        self.time = time
        self.wall = wall
        self.quality = quality
        self.isTimeSynced = isTimeSynced ?? (quality == .synced)
    }
}
