/// Where a card purchase stands. The arrows between these are ``PurchaseStateMachine``'s.
public enum PurchaseState: String, Sendable, Codable, CaseIterable {
    /// Written down; nothing outside has been asked for yet.
    case created
    /// Conekta holds an order without charges: no money can have moved.
    case orderCreated = "order_created"
    /// The charge may have left, once. What became of it is only believed from the order itself.
    case charging
    /// Nobody knows yet whether the card was charged. Answered by asking, never by charging again.
    case inDoubt = "in_doubt"
    /// The order shows a paid charge with our amount, currency and purchase id.
    case paid
    /// The router has the user.
    case provisioned
    /// The buyer owns the ficha. An end.
    case delivered
    /// The card was not charged. An end, but for the watch on a charge that comes late.
    case declined
    /// Given up before anything was charged. An end.
    case abandoned
    /// The money goes back.
    case refunding
    /// The money is back. An end.
    case refunded
    /// Nothing we may do by ourselves settles it; a person has to see it. We keep asking.
    case needsAttention = "needs_attention"
}
