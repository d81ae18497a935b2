import HTTPTypes
import Hummingbird
import Purchasing
import ServerKit
import Shared

/// Buying by API: what the portals that live on routers call.
struct PaymentsController: Sendable {
    let keys: APIKeyGate
    let purchases: PurchaseDesk
    let runner: PurchaseRunner
    /// How long an answer waits for the purchase; the charge itself may take a minute.
    let patience: Duration

    func addRoutes(to router: some RouterMethods<AppRequestContext>) {
        router.post("/payments/pagar-conekta", use: pay)
        router.get("/payments/{id}", use: show)
    }

    /// `POST /payments/pagar-conekta`: 200 delivered, 202 in doubt or waiting for the bank, 402 declined, 503 not now.
    @Sendable private func pay(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try keys.router(of: request)
        let body: PaymentRequestBody = try await request.decodeJSON()
        let claimedMACAddress = try body.claimedMACAddress()
        let buyer = try body.buyer()
        let order = PurchaseDesk.Order(
            router: router,
            productID: body.productID,
            buyer: buyer,
            sourceAddress: context.peerAddress,
            claimedMACAddress: claimedMACAddress,
            connects: body.autoConnect ?? false,
            idempotencyKey: try Self.idempotencyKey(of: request),
            joinsOpenPurchase: false,
            shownPriceCents: body.priceCents
        )
        let id: PurchaseID
        do {
            id = try await purchases.start(order)
        } catch let error as PurchaseError {
            throw APIError(error)
        }
        guard let progress = try await runner.progress(of: id, waitingUpTo: patience) else {
            throw APIError.internalError
        }
        return try PaymentAnswer(progress).response(to: request, context: context)
    }

    /// `GET /payments/{id}`: where a purchase of this router stands. Knowing its name is the right to see it.
    @Sendable private func show(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try keys.router(of: request)
        guard let id = context.parameters.get("id").flatMap(PurchaseID.init),
            let progress = try await runner.progress(of: id), progress.purchase.routerID == router.id
        else { throw APIError.notFound }
        return try JSONAnswer(PaymentBody(progress)).response(status: .ok)
    }

    private static func idempotencyKey(of request: Request) throws(APIError) -> String? {
        guard let key = request.headers[HTTPField.Name.idempotencyKey] else { return nil }
        guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .invalidField("Idempotency-Key", "debe tener de 1 a 128 caracteres ASCII sin espacios")
        }
        return key
    }
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name.literal("Idempotency-Key")
    static let apiKey = HTTPField.Name.literal("X-API-Key")
}
