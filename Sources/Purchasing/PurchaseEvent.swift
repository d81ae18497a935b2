/// What happened outside, as answer to an action.
public enum PurchaseEvent: Sendable, Equatable {
    /// Conekta made the order.
    case orderCreated(orderID: String)
    /// The order was not made, or nobody knows; without charges it holds no money either way.
    case orderNotCreated(PurchaseRefusal)
    /// The runner holds the token and may still charge.
    case chargeAllowed
    /// The token is gone, or the sale was called off, before the charge left.
    case chargeForbidden(PurchaseRefusal)
    case chargeAnswered(ChargeAnswer)
    case orderRead(OrderReading)
    /// The router has the user, with our comment.
    case userProvisioned
    case provisioningFailed(ProvisioningFailure)
    case refundAnswered(RefundAnswer)
    /// The router answered that no user of ours is there (any more).
    case userAbsent
    /// The router could not be asked.
    case userRemovalFailed
}

/// What the call that charges said. Only a reading of the order is believed about money having moved.
public enum ChargeAnswer: Sendable, Equatable {
    /// It says paid; to be validated by reading the order.
    case looksPaid(chargeID: String)
    /// The bank is asked (3-D Secure); the buyer may have to go to `redirectURL`.
    case pending(redirectURL: String?)
    /// A definite no.
    case declined(code: String)
    /// Refused before it reached the bank: keys, limits, an order that takes no charge.
    case refused
    /// Not one byte of the request left the box.
    case notSent
    /// It left, and no usable answer came; or the answer does not settle it.
    case unknown
}

/// What `GET /orders/{id}` shows, reduced to what decides.
public enum OrderReading: Sendable, Equatable {
    /// Could not be read now.
    case unreadable
    /// Conekta does not know the order.
    case missing
    /// The order's metadata does not hold our purchase id.
    case notOurs
    /// A charge is paid (or was paid and went back). Centavos; `priceMatches` covers amount and currency.
    case paid(chargeID: String, chargedCents: Int64, priceMatches: Bool, refundedCents: Int64)
    /// A charge waits for the bank or the buyer.
    case pending(redirectURL: String?)
    /// The only charges are declined ones. `code` is one of our stable decline codes.
    case declined(code: String)
    /// There is no charge.
    case noCharge
}

/// Why the router does not have the user.
public enum ProvisioningFailure: Sendable, Equatable {
    /// It did not answer, or not in time: ask again.
    case routerAway
    /// Another user has that name.
    case nameTaken
    /// It says no and will go on saying no: unknown profile, no permission.
    case refused
}

/// What the call that refunds said. The order decides.
public enum RefundAnswer: Sendable, Equatable {
    case accepted
    case refused
    case notSent
    case unknown
}
