import Shared

/// When something happened at a site, as far as its box's clock can be believed.
struct BelievedTime: Sendable, Equatable {
    let at: Timestamp
    /// The clock was wrong, and this is when it arrived.
    let isEstimated: Bool

    /// - Parameter openedAt: Of the epoch: no event of it can be much older.
    init(_ time: Timestamp, openedAt: Timestamp, now: Timestamp) {
        let isPlausible = time > openedAt - .seconds(86_400) && time < now + .seconds(86_400)
        at = isPlausible ? time : now
        isEstimated = !isPlausible
    }
}
