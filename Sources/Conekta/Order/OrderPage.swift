/// Some of an account's orders.
public struct OrderPage: Hashable, Sendable {
    public let orders: [ListedOrder]
    /// The cursor for the page after this one; nil where this is the last.
    public let next: OrderID?
}
