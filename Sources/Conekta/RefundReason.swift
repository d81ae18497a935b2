/// Why money goes back, in Conekta's words (reference `conekta.md` §3).
public enum RefundReason: String, Sendable, Encodable {
    /// What was paid for could not be delivered.
    case cannotBeFulfilled = "cannot_be_fulfilled"
}
