import Shared

/// What time it was at a moment of a run of the machine.
struct ClockMark: Sendable, Equatable {
    let bootID: String
    let uptime: Duration
    let time: Timestamp
    /// Somebody outside had confirmed the clock.
    let isSynced: Bool
}
