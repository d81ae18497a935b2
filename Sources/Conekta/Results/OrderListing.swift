/// What asking for a page of orders brought.
public enum OrderListing: Hashable, Sendable {
    case page(OrderPage)
    /// Nothing is known now; ask again later. A page of which one order has no name is not known either.
    case unavailable(ConektaFailure)
}
