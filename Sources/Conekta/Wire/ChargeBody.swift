import Shared

/// The body of `POST /orders/{id}/charges` (reference `conekta.md` §2.7).
struct ChargeBody: Encodable {
    private struct Method: Encodable {
        let type = "card"
        let token_id: String
    }

    private let amount: Int64
    private let reference_id: String
    private let payment_method: Method

    init(token: Secret<String>, amount: Money, referenceID: String) {
        self.amount = amount.cents
        reference_id = referenceID
        payment_method = Method(token_id: token.reveal())
    }
}
