/// A box that proved who it is.
struct Box: Sendable, Hashable {
    /// A box asks at least once a minute: one that did not for so long is away, and nobody waits for it.
    static let awayAfter = Duration.seconds(120)

    let empresaID: String
    let siteID: String
    let boxID: String
    /// A person decided that it may not talk to us any more.
    let isBlocked: Bool
}
