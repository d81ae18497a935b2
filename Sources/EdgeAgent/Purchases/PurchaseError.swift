import HTTPTypes
import ServerKit
import Shared

/// Why a request to buy was not taken up. Nothing was charged.
enum PurchaseError: Error, Equatable {
    /// The idempotency key belongs to another request; here is that one's purchase.
    case sameKeyForAnotherRequest(PurchaseID)
}

extension APIError {
    /// 409 for a key that came before with another request.
    init(_ error: PurchaseError) {
        switch error {
        case .sameKeyForAnotherRequest:
            self.init(
                .conflict,
                code: "idempotency_conflict",
                message: "Esa llave Idempotency-Key ya se usó para otra compra."
            )
        }
    }
}
