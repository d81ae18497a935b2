import HTTPTypes
import Hummingbird
import Purchasing
import ServerKit

/// What `POST /payments/pagar-conekta` answers to a purchase as it stands.
struct PaymentAnswer {
    private let body: PaymentBody
    private let progress: PurchaseProgress

    init(_ progress: PurchaseProgress) {
        self.progress = progress
        body = PaymentBody(progress)
    }

    /// The purchase itself with 200 or 202, or the error that says why there is no ficha, with the purchase beside it.
    func response(to request: Request, context: some RequestContext) throws -> Response {
        switch PurchaseMeaning(progress.purchase).status {
        case .delivered: return try JSONAnswer(body).response(status: .ok)
        case .verifying, .actionRequired, .refunding, .needsAttention:
            return try JSONAnswer(body).response(status: .accepted)
        case .declined where progress.purchase.isCardDeclined:
            throw error(HTTPResponse.Status(code: 402), code: "card_declined")
        case .declined, .abandoned: throw error(.serviceUnavailable, code: body.reason ?? "not_charged")
        case .refunded: throw error(.serviceUnavailable, code: "not_delivered_refunded")
        }
    }

    private func error(_ status: HTTPResponse.Status, code: String) -> APIError {
        var error = APIError(status, code: code, message: body.message)
        error.extra["purchase"] = body
        return error
    }
}
