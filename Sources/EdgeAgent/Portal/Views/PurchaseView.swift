import Conekta
import Purchasing
import Shared

/// A purchase that is not, or not yet, a ficha: what happened, whether the money is safe, what to do.
struct PurchaseView: Sendable {
    /// After this, a page that waits asks less often.
    private static let patience = Duration.seconds(60)

    let identity: PortalIdentity
    let heading: String
    let message: String
    let tone: String
    let notes: [String]
    let primary: LinkView?
    let links: [LinkView]
    /// After how long the page asks again by itself; nil for one that says all there is to say.
    let refreshSeconds: Int?
    let isWaiting: Bool
    let product: ProductView
    let purchaseID: String

    init(_ purchase: Purchase, now: Timestamp, identity: PortalIdentity) {
        let meaning = PurchaseMeaning(purchase)
        let isSlow = now - purchase.createdAt > Self.patience
        self.identity = identity
        message = meaning.message
        heading = Self.heading(meaning.status, purchase)
        tone = Self.tone(meaning.status)
        notes = Self.notes(meaning.status, purchase, isSlow: isSlow)
        primary = Self.primary(meaning.status, purchase)
        links = Self.links(meaning.status, purchase)
        refreshSeconds = Self.refreshSeconds(meaning.status, isSlow: isSlow)
        isWaiting = meaning.status == .verifying || meaning.status == .refunding
        product = ProductView(purchase.product)
        purchaseID = purchase.id.text
    }

    private static func heading(_ status: PurchaseMeaning.Status, _ purchase: Purchase) -> String {
        switch status {
        case .verifying: purchase.paidAt == nil ? "Verificando tu pago" : "Pago recibido. Preparando tu ficha"
        case .actionRequired: "Confirma con tu banco"
        case .delivered: "Tu ficha está lista"
        case .declined: "El pago no pasó"
        case .abandoned: "No se hizo el cobro"
        case .refunding: "Te estamos devolviendo tu dinero"
        case .refunded: "Te devolvimos tu dinero"
        case .needsAttention: "Estamos revisando tu pago"
        }
    }

    private static func tone(_ status: PurchaseMeaning.Status) -> String {
        switch status {
        case .declined, .abandoned: "notice bad"
        case .actionRequired, .refunding, .needsAttention: "notice wait"
        case .verifying, .delivered, .refunded: "notice"
        }
    }

    private static func notes(
        _ status: PurchaseMeaning.Status,
        _ purchase: Purchase,
        isSlow: Bool
    ) -> [String] {
        switch status {
        case .verifying:
            let note =
                purchase.state == .inDoubt
                ? "Pase lo que pase, esta compra se cobra una sola vez o no se cobra."
                : "Esta página se actualiza sola. No vuelvas a pagar: esta compra se cobra una sola vez."
            let slow = "Está tardando más de lo normal. Anota tu número de compra y no cierres esta página."
            return isSlow ? [note, slow] : [note]
        case .actionRequired:
            return ["Abre la página de tu banco, confirma y vuelve aquí. No vuelvas a pagar."]
        case .declined where purchase.isCardDeclined:
            return [
                "Tu dinero está a salvo: no se te cobró nada.", "También puedes pagar en efectivo en el mostrador.",
            ]
        case .declined, .abandoned:
            return ["También puedes pagar en efectivo en el mostrador."]
        case .needsAttention:
            return ["Enseña o dicta este número en el mostrador o a soporte. No vuelvas a pagar."]
        case .refunding, .refunded, .delivered:
            return []
        }
    }

    private static func primary(_ status: PurchaseMeaning.Status, _ purchase: Purchase) -> LinkView? {
        switch status {
        case .actionRequired:
            // Only ever an address over TLS: the reader of Conekta's answers takes no other.
            return purchase.redirectURL.map { LinkView(label: "Ir a mi banco", url: $0) }
        case .declined, .abandoned:
            return retryLabel(purchase.refusal).map { label in
                LinkView(label: label, url: PortalPath.card(purchase.routerID, purchase.product.id))
            }
        case .verifying, .delivered, .refunding, .refunded, .needsAttention:
            return nil
        }
    }

    /// Nil where no card will help now.
    private static func retryLabel(_ refusal: PurchaseRefusal?) -> String? {
        switch refusal {
        case .cardDeclined(let code):
            let reason = DeclineReason(rawValue: code) ?? .declined
            if reason.retryMayHelp { return "Intentar de nuevo" }
            return reason.anotherCardMayHelp ? "Pagar con otra tarjeta" : nil
        case .providerRefused: return nil
        case .providerUnreachable, .noChargeFound, .interrupted, nil: return "Intentar de nuevo"
        }
    }

    private static func links(_ status: PurchaseMeaning.Status, _ purchase: Purchase) -> [LinkView] {
        let again = PortalPath.purchase(purchase.routerID, purchase.id)
        switch status {
        case .verifying, .refunding, .needsAttention: return [LinkView(label: "Actualizar ahora", url: again)]
        case .actionRequired: return [LinkView(label: "Ya confirmé", url: again)]
        case .declined, .abandoned, .refunded, .delivered:
            return [LinkView(label: "Ver las fichas", url: PortalPath.catalogue(purchase.routerID))]
        }
    }

    private static func refreshSeconds(_ status: PurchaseMeaning.Status, isSlow: Bool) -> Int? {
        switch status {
        case .verifying: isSlow ? 10 : 2
        case .refunding: 5
        case .actionRequired: 15
        case .needsAttention: 30
        case .delivered, .declined, .abandoned, .refunded: nil
        }
    }
}
