/// A box that proved who it is.
struct Box: Sendable, Hashable {
    let empresaID: String
    let siteID: String
    let boxID: String
    /// A person decided that it may not talk to us any more.
    let isBlocked: Bool
}
