import Hummingbird
import Purchasing
import ServerKit
import Shared

// A purchase from the tap on *Pagar* to the phone being online.
extension PortalController {
    /// How long an answer waits for news. Short: in a captive sheet a blank page looks broken.
    private static let patience = Duration.milliseconds(1_500)

    @Sendable func showPurchase(_ request: Request, context: AppRequestContext) async throws -> Response {
        html(pages.purchase(try await purchase(in: context, waitingUpTo: Self.patience), now: wallClock.now))
    }

    /// Connects the phone the router sees at the request's address, never one the browser names.
    @Sendable func connect(_ request: Request, context: AppRequestContext) async throws -> Response {
        let purchase = try await purchase(in: context)
        guard let code = purchase.deliveredCode else {
            return seeOther(PortalPath.purchase(purchase.routerID, purchase.id))
        }
        guard limits.admit(context.peerAddress) == nil else {
            return seeOther(PortalPath.connection(purchase.routerID, purchase.id, .tooManyTries))
        }
        let outcome = await fichas.connectBuyer(
            BuyerDevice(sourceAddress: context.peerAddress, claimedMACAddress: nil),
            with: code,
            routerID: purchase.routerID
        )
        return seeOther(PortalPath.connection(purchase.routerID, purchase.id, ConnectionResult(outcome)))
    }

    @Sendable func showConnection(_ request: Request, context: AppRequestContext) async throws -> Response {
        let purchase = try await purchase(in: context)
        guard let result = context.parameters.get("result").flatMap(ConnectionResult.init(rawValue:)),
            let code = purchase.deliveredCode
        else { throw APIError.notFound }
        return html(pages.connection(result, purchase: purchase, code: code))
    }

    /// The purchase the address names. Knowing its name is the right to see it.
    ///
    /// - Throws: `APIError.notFound`, also for one of another router.
    private func purchase(in context: AppRequestContext, waitingUpTo limit: Duration = .zero) async throws -> Purchase {
        // The router may have left the site since; what was bought there is still the buyer's to see.
        guard let id = context.parameters.get("purchase").flatMap(PurchaseID.init) else { throw APIError.notFound }
        let progress =
            limit > .zero
            ? try await runner.progress(of: id, waitingUpTo: limit)
            : try await runner.progress(of: id)
        guard let purchase = progress?.purchase, purchase.routerID == context.parameters.get("router")
        else { throw APIError.notFound }
        return purchase
    }
}
