import Conekta
import Purchasing

/// What a purchase's state means for its buyer: the same words in the API and on the pages.
struct PurchaseMeaning: Sendable, Equatable {
    enum Status: String, Sendable {
        case verifying, delivered, declined, abandoned, refunding, refunded
        case actionRequired = "action_required"
        case needsAttention = "needs_attention"
    }

    let status: Status
    let message: String
    /// Stable code of why there is no ficha; nil where there is one or may still be.
    let reason: String?

    init(_ purchase: Purchase) {
        switch purchase.state {
        case .created, .orderCreated, .charging, .paid, .provisioned:
            self.init(.verifying, "Estamos procesando tu pago.")
        case .inDoubt where purchase.redirectURL != nil:
            self.init(.actionRequired, "Tu banco pide que confirmes la compra.")
        case .inDoubt:
            self.init(
                .verifying,
                "Estamos verificando tu pago con el banco. No vuelvas a pagar; esta página se actualiza sola."
            )
        case .delivered:
            self.init(.delivered, "Tu ficha está lista.")
        case .declined, .abandoned:
            let status: Status = purchase.state == .declined ? .declined : .abandoned
            self.init(status, Self.message(for: purchase.refusal), reason: Self.reason(for: purchase.refusal))
        case .refunding:
            self.init(
                .refunding,
                "No pudimos entregar tu ficha. Te estamos devolviendo tu dinero.",
                reason: "not_delivered"
            )
        case .refunded:
            self.init(
                .refunded,
                "No pudimos entregar tu ficha y te devolvimos todo tu dinero. Tu banco puede tardar de 5 a 10 días hábiles en mostrarlo.",
                reason: "not_delivered"
            )
        case .needsAttention:
            self.init(
                .needsAttention,
                "Tu pago necesita que lo revise una persona. Guarda el número de compra; tu dinero está registrado.",
                reason: purchase.attention?.rawValue
            )
        }
    }

    private init(_ status: Status, _ message: String, reason: String? = nil) {
        self.status = status
        self.message = message
        self.reason = reason
    }

    private static func reason(for refusal: PurchaseRefusal?) -> String? {
        if case .cardDeclined(let code) = refusal { code } else { refusal?.text }
    }

    private static func message(for refusal: PurchaseRefusal?) -> String {
        switch refusal {
        case .cardDeclined(let code): (DeclineReason(rawValue: code) ?? .declined).message
        case .providerRefused: "El pago con tarjeta no está disponible aquí en este momento. No se te cobró nada."
        case .providerUnreachable: "No hubo conexión con el banco. No se te cobró nada; intenta de nuevo."
        case .noChargeFound:
            "El banco no registró ningún cargo. No se te cobró; si después aparece uno, se te devuelve automáticamente."
        case .interrupted, nil: "La compra se interrumpió antes de cobrarte. No se te cobró nada; intenta de nuevo."
        }
    }
}
