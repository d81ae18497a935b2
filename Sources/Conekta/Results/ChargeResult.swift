public import Outbound

/// How charging a card ended.
public enum ChargeResult: Hashable, Sendable {
    /// Conekta says the charge is paid. It counts only once `order(id:)` shows the same.
    case looksPaid(ConektaCharge)
    /// The bank is still to answer, or the buyer on the bank's page (3-D Secure), whose address is given.
    case pending(redirectURL: String?)
    /// The card was refused. The order comes with it when Conekta sent it; it can be charged again with a new token.
    case declined(DeclineReason, ConektaOrder?)
    /// The token was used before. If it was sent before for this order, that attempt may have gone through.
    case tokenUsed(ConektaRejection)
    /// Refused before any card was asked.
    case rejected(ConektaRejection)
    /// Nothing left this machine: the same charge may be sent again.
    case notSent(TransportFailure)
    /// The card may have been charged. Never charge again; ask with `order(id:)`.
    case unknown(ConektaDoubt)
}
