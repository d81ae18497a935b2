/// Why a purchase waits for a person's eyes.
public enum PurchaseAttention: String, Sendable, Codable {
    /// Conekta has not let us read the order for an hour.
    case orderUnreadable = "order_unreadable"
    /// Conekta says it does not know the order we hold its answer for.
    case orderMissing = "order_missing"
    /// The charge was answered as paid, and the order shows no such charge.
    case chargeNotShown = "charge_not_shown"
    /// The refund was accepted, and the order does not show it.
    case refundNotShown = "refund_not_shown"
    /// The order is not ours: its metadata names another purchase.
    case orderNotOurs = "order_not_ours"
    /// The charge waits for the buyer's bank for more than a day.
    case pendingTooLong = "pending_too_long"
    /// Conekta refuses to give the money back.
    case refundRefused = "refund_refused"
    /// The money went back only in part, or by more than was charged.
    case refundMismatch = "refund_mismatch"
    /// It was paid before the box was put back from a backup, and nobody knows any more whether the buyer got the ficha.
    case deliveryUnknown = "delivery_unknown"
    /// Something happened that the state does not allow. A defect of ours.
    case unexpectedEvent = "unexpected_event"
}
