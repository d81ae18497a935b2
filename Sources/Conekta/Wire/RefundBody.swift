/// The body of `POST /orders/{id}/refunds` (reference `conekta.md` §3).
struct RefundBody: Encodable {
    /// Centavos.
    let amount: Int64
    let reason: RefundReason
}
