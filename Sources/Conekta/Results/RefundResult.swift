public import Outbound

/// How asking for a refund ended.
public enum RefundResult: Hashable, Sendable {
    /// Conekta accepted it; the order as it is now, whose `amountRefundedCents` must have grown.
    case accepted(ConektaOrder)
    /// The order is in no state to be refunded: not paid, or already refunded. Read it to know which.
    case notRefundable(ConektaRejection)
    case rejected(ConektaRejection)
    /// Nothing left this machine: the same refund may be sent again.
    case notSent(TransportFailure)
    /// The refund may have been made. Read the order's `amountRefundedCents` before anything else.
    case unknown(ConektaDoubt)
}
