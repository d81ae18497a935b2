public import RouterOS

/// What the router does about one sentence.
public struct Execution: Sendable {
    /// What becomes of the connection once the replies are out.
    public enum Ending: Sendable {
        case staysOpen
        case closes
        /// The peer sees a reset instead of an end.
        case resets
    }

    /// The replies in order; none if the router stays silent.
    public internal(set) var replies: [Sentence] = []
    /// Bytes that are no sentences and go out instead of the replies.
    public internal(set) var garbage: [UInt8]?
    /// How long the router takes before they go out.
    public internal(set) var delay: Duration = .zero
    public internal(set) var ending = Ending.staysOpen
    /// Names the replies while they are delayed: a `/cancel` may take them back.
    public internal(set) var hold: Int?
}
