import HTTPTypes
import ServerKit
import Shared

/// Why a request to buy was not taken up. Nothing was charged.
enum PurchaseError: Error, Equatable {
    /// The idempotency key belongs to another request; here is that one's purchase.
    case sameKeyForAnotherRequest(PurchaseID)
    /// The box is about to stop, and nobody would drive the purchase before it starts again.
    case boxIsStopping
}

extension APIError {
    /// 409 for a key that came before with another request, 503 while the box stops.
    init(_ error: PurchaseError) {
        switch error {
        case .sameKeyForAnotherRequest:
            self.init(
                .conflict,
                code: "idempotency_conflict",
                message: "Esa llave Idempotency-Key ya se usó para otra compra."
            )
        case .boxIsStopping:
            self.init(
                .serviceUnavailable,
                code: "restarting",
                message: "El sistema se está reiniciando. No se te cobró nada; intenta de nuevo en un minuto."
            )
            retryAfterSeconds = 30
        }
    }
}
