/// Why money goes back, in Conekta's words (reference `conekta.md` §3).
public enum RefundReason: String, Sendable, Encodable {
    case requestedByClient = "requested_by_client"
    /// What was paid for could not be delivered.
    case cannotBeFulfilled = "cannot_be_fulfilled"
    /// The same thing was paid twice.
    case duplicatedTransaction = "duplicated_transaction"
}
