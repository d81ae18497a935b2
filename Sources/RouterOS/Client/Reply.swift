/// What the router answered to one command.
public struct Reply: Hashable, Sendable {
    /// The `!re` sentences, in order.
    public let rows: [Row]
    /// The value `!done` carried as `=ret=`: an added row's id, or a count.
    public let returned: Word?
}
