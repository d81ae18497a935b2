import HTTPTypes
import Hummingbird
import ServerKit
import Shared

// Buying by card: the page with Conekta's form, and what it posts.
extension PortalController {
    @Sendable func showCardPage(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try router(in: context)
        let product = try product(in: context, of: router)
        if let reason = await availability.reasonAgainst(routerID: router.id) {
            return unavailable(
                reason.message,
                router: router,
                productID: product.id,
                canRetry: reason != .notConfigured
            )
        }
        // A sheet that was closed while a payment is under way opens on the price list again: nobody pays twice for that.
        if let macAddress = await routers.macAddress(at: context.peerAddress, routerID: router.id),
            let open = try await runner.openPurchase(of: macAddress, routerID: router.id)
        {
            return seeOther(PortalPath.purchase(router.id, open))
        }
        return cardPage(product, router: router, attempt: newAttempt())
    }

    @Sendable func pay(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try router(in: context)
        guard let productID = context.parameters.get("product").flatMap(Int64.init) else { throw APIError.notFound }
        let form: CardForm = try await request.decodeForm()
        // A page that lost its attempt was not made by us; a fresh one starts over, and nothing was charged.
        guard let attempt = AttemptID(form.attempt) else {
            let product = try product(in: context, of: router)
            return cardPage(product, router: router, attempt: newAttempt(), typed: form, status: .unprocessableContent)
        }
        let buyer: CheckedBuyer
        do throws(CheckedBuyer.WrongField) {
            buyer = try CheckedBuyer(cardToken: form.cardToken, name: form.customerName, email: form.customerEmail)
        } catch {
            return cardPage(
                try product(in: context, of: router),
                router: router,
                attempt: attempt,
                typed: form,
                problem: CardForm.explanation(of: error),
                status: .unprocessableContent
            )
        }
        // The product is looked up by the desk: a page sent twice finds its purchase though it left the catalogue.
        let order = PurchaseDesk.Order(
            router: router,
            productID: productID,
            buyer: buyer,
            sourceAddress: context.peerAddress,
            claimedMACAddress: nil,
            // The buyer sees the code first and connects then (reference `field.md` §5.4 rule 3).
            connects: false,
            idempotencyKey: attempt.idempotencyKey,
            joinsOpenPurchase: true,
            shownPriceCents: form.priceCents
        )
        do {
            return try await start(order)
        } catch let error as APIError where error.code == PurchaseDesk.changedPrice.code {
            let product = try product(in: context, of: router)
            return cardPage(
                product,
                router: router,
                attempt: newAttempt(),
                typed: form,
                problem: error.message,
                status: .conflict
            )
        }
    }

    // MARK: Private

    private func start(_ order: PurchaseDesk.Order) async throws -> Response {
        do {
            let id = try await purchases.start(order)
            return seeOther(PortalPath.purchase(order.router.id, id))
        } catch PurchaseError.sameKeyForAnotherRequest(let id) {
            // Two taps made two tokens, or a page was sent again with another card: the first one is the purchase.
            return seeOther(PortalPath.purchase(order.router.id, id))
        } catch PurchaseError.boxIsStopping {
            let error = APIError(PurchaseError.boxIsStopping)
            return unavailable(
                error.message,
                router: order.router,
                productID: order.productID,
                canRetry: true,
                retryAfterSeconds: error.retryAfterSeconds
            )
        } catch let error as APIError where error.code == PurchaseDesk.unknownProduct.code {
            throw APIError.notFound
        } catch let error as APIError where error.status == .tooManyRequests {
            let seconds = error.retryAfterSeconds ?? 60
            let wait = DurationText.text(seconds: Int64(seconds + 59))
            return unavailable(
                "Hubo demasiados intentos de pago. Espera \(wait) o compra tu ficha en el mostrador.",
                router: order.router,
                productID: order.productID,
                canRetry: false,
                status: .tooManyRequests,
                retryAfterSeconds: seconds
            )
        } catch let error as APIError where error.status == .serviceUnavailable {
            return unavailable(
                error.message,
                router: order.router,
                productID: order.productID,
                canRetry: true,
                retryAfterSeconds: error.retryAfterSeconds
            )
        }
    }

    /// - Throws: `APIError.notFound` for what the router does not sell (any more).
    private func product(
        in context: AppRequestContext,
        of router: SiteSnapshot.Router
    ) throws(APIError) -> SiteSnapshot.Product {
        guard let id = context.parameters.get("product").flatMap(Int64.init),
            let product = site.product(id, routerID: router.id)
        else { throw .notFound }
        return product
    }

    private func newAttempt() -> AttemptID {
        var generator = SystemRandomNumberGenerator()
        return AttemptID(using: &generator)
    }

    private func cardPage(
        _ product: SiteSnapshot.Product,
        router: SiteSnapshot.Router,
        attempt: AttemptID,
        typed: CardForm = CardForm(),
        problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let page = pages.card(product, routerID: router.id, attempt: attempt, typed: typed, problem: problem)
        return html(page, status: status, policy: pages.policy.cardPage)
    }

    private func unavailable(
        _ reason: String,
        router: SiteSnapshot.Router,
        productID: Int64,
        canRetry: Bool,
        status: HTTPResponse.Status = .serviceUnavailable,
        retryAfterSeconds: Int? = nil
    ) -> Response {
        let retryURL = canRetry ? PortalPath.card(router.id, productID) : nil
        var response = html(
            pages.cardUnavailable(reason, routerID: router.id, retryURL: retryURL),
            status: status
        )
        response.headers[.retryAfter] = retryAfterSeconds.map(String.init)
        return response
    }
}
