/// How far a box's clock can be believed (reference `reliability.md` §3.4).
public enum ClockQuality: String, Sendable, Codable, CaseIterable {
    /// Behind what the box knows already, as after a start without a battery: the time goes on from the last one written down.
    case unsynced
    /// Plausible, from a battery or a file, but nobody outside has confirmed it since the start.
    case restored
    /// Confirmed from outside.
    case synced
}
