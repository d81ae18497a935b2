/// What reading an order brought.
public enum OrderLookup: Hashable, Sendable {
    case found(ConektaOrder)
    /// Conekta itself says that this key has no such order.
    case missing
    /// Nothing is known now; ask again later.
    case unavailable(ConektaFailure)
}
