import HTTPTypes
import Purchasing
import ServerKit
import Shared

/// Where a request to buy becomes a purchase, or is refused while nothing has been charged. The API and the portal
/// both come here, so that both refuse alike.
struct PurchaseDesk: Sendable {
    struct Order: Sendable {
        let router: SiteSnapshot.Router
        let productID: Int64
        let buyer: CheckedBuyer
        let sourceAddress: String?
        /// What the page says about itself.
        let claimedMACAddress: MACAddress?
        /// Connect the buyer's device as soon as the ficha is delivered.
        let connects: Bool
        let idempotencyKey: String?
        /// A person at the portal, who must not pay again while a payment of theirs is under way. Programs say what they
        /// mean with an idempotency key.
        let joinsOpenPurchase: Bool
        /// What the buyer was told that it costs, in centavos; nil when nobody says.
        var shownPriceCents: Int64?
    }

    static let unknownProduct = APIError(
        .unprocessableContent,
        code: "unknown_product",
        message: "Esa ficha ya no está a la venta."
    )

    /// The router lacks the product's profile, or we may not use it there.
    static let undeliverableProduct = APIError(
        .serviceUnavailable,
        code: "product_unavailable",
        message: "Esa ficha no se puede entregar en este momento. No se te cobró nada; elige otra."
    )

    /// The catalogue changed between the page and its button: nobody pays a price they have not seen.
    static let changedPrice = APIError(
        .conflict,
        code: "price_changed",
        message: "El precio de esta ficha acaba de cambiar. No se te cobró nada; revisa el precio y paga otra vez."
    )

    let inForce: SiteInForce
    let runner: PurchaseRunner
    let routers: any PurchaseRouters
    let guardian: CardTestingGuard
    let availability: CardAvailability

    /// - Throws: `APIError` 409, 422, 429 or 503; the disk's error when it does not take the purchase.
    func start(_ order: Order) async throws -> PurchaseID {
        if let known = try await runner.knownPurchase(PurchaseFingerprint(order)) { return known }
        guard let product = inForce.site.product(order.productID, routerID: order.router.id) else {
            throw Self.unknownProduct
        }
        if let shown = order.shownPriceCents, shown != product.priceCents { throw Self.changedPrice }
        let seen = await routers.macAddress(at: order.sourceAddress, routerID: order.router.id)
        let intent = PurchaseIntent(order, product: product, seenMACAddress: seen)
        if let seconds = guardian.admit(intent.buyerKeys) {
            throw APIError.tooManyRequests(retryAfterSeconds: seconds)
        }
        if let reason = await availability.reasonAgainst(routerID: order.router.id) { throw refusal(reason) }
        switch await routers.check(product, routerID: order.router.id) {
        case nil: return try await runner.start(intent)
        case .routerAway: throw refusal(.routerAway)
        case .refused, .nameTaken: throw Self.undeliverableProduct
        }
    }

    private func refusal(_ reason: CardUnavailability) -> APIError {
        var error = APIError(.serviceUnavailable, code: reason.rawValue, message: reason.message)
        error.retryAfterSeconds = guardian.siteBlockSeconds ?? 30
        return error
    }
}
