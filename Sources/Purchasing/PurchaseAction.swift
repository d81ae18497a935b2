public import Shared

/// The one thing to do next.
public enum PurchaseAction: Sendable, Equatable {
    /// `POST /orders` without charges.
    case createOrder
    /// Say whether the charge may leave (`chargeAllowed`, `chargeForbidden`). No outside call.
    case askToCharge
    /// `POST /orders/{id}/charges`. Comes once in a purchase's life, only from the step that allowed it.
    case charge(orderID: String)
    /// `GET /orders/{id}`.
    case readOrder(orderID: String)
    /// Create the user with this name on the router, with the purchase's id as comment, unless it is there already.
    case provision(FichaCode)
    /// `POST /orders/{id}/refunds` for this many centavos.
    case refund(orderID: String, cents: Int64)
    /// Remove the user with our comment from the router, if it is there.
    case removeUser(FichaCode)
    /// Nothing any more.
    case finish
}

/// What a step of the machine asks of its runner: first commit the purchase if it changed, then wait, then act.
public struct PurchaseStep: Sendable, Equatable {
    /// The purchase changed: it must be on the disk before the action.
    public let mustCommit: Bool
    /// Wait this long before the action.
    public let delay: Duration
    public let action: PurchaseAction
}
