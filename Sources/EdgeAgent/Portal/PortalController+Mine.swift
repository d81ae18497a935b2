import Hummingbird
import ServerKit
import Shared

// *Mi ficha*: what is left, and back to a purchase from a sheet that was closed and knows nothing any more. The phone is
// the key, as the router sees it (reference `field.md` §5.4 rules 2 and 4).
extension PortalController {
    @Sendable func showMine(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try router(in: context)
        try admit(context)
        let phone = await routers.macAddress(at: context.peerAddress, routerID: router.id)
        if let phone, let open = try await runner.openPurchase(of: phone, routerID: router.id) {
            return seeOther(PortalPath.purchase(router.id, open))
        }
        if let mine = try await fichas.mine(sourceAddress: context.peerAddress, routerID: router.id) {
            // What was bought and never used is shown as right after the purchase: the code first.
            if mine.ficha.state == .sold, let id = mine.ficha.purchaseID {
                return seeOther(PortalPath.purchase(router.id, id))
            }
            return html(pages.mine(mine, at: fichas.clock.moment))
        }
        if let phone, let id = try await runner.latestPurchase(of: phone, routerID: router.id) {
            return seeOther(PortalPath.purchase(router.id, id))
        }
        guard let page = pages.noPurchase(router.id) else { throw APIError.notFound }
        return page.response(to: request)
    }

    @Sendable func connectMine(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try router(in: context)
        try admit(context)
        guard let mine = try await fichas.mine(sourceAddress: context.peerAddress, routerID: router.id) else {
            return seeOther(PortalPath.mine(router.id))
        }
        let outcome = await fichas.connect(
            BuyerDevice(sourceAddress: context.peerAddress, claimedMACAddress: nil),
            with: mine.ficha.code,
            routerID: router.id
        )
        let path =
            outcome == .connected ? PortalPath.mine(router.id) : PortalPath.mine(router.id, ConnectionResult(outcome))
        return seeOther(path)
    }

    /// Why *Conectar* on *Mi ficha* did not work.
    @Sendable func showMineConnection(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try router(in: context)
        guard let result = context.parameters.get("result").flatMap(ConnectionResult.init(rawValue:)) else {
            throw APIError.notFound
        }
        return html(pages.connection(result, routerID: router.id))
    }

    private func admit(_ context: AppRequestContext) throws(APIError) {
        if let seconds = limits.admit(context.peerAddress) { throw .tooManyRequests(retryAfterSeconds: seconds) }
    }
}
