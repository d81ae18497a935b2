import Shared

/// The present, as the life of a ficha needs it.
struct FichaMoment: Sendable, Equatable {
    /// What has passed for certain: never ahead of the real time, so nobody loses a second they paid for.
    let time: Timestamp
    /// What people read.
    let wall: Timestamp
    let quality: ClockQuality
}
