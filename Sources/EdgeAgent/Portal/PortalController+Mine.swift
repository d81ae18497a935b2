import Hummingbird
import ServerKit
import Shared

// *Mi ficha*: back to a purchase from a sheet that was closed and knows nothing any more. The phone is the key, as the
// router sees it (reference `field.md` §5.4 rules 2 and 4).
extension PortalController {
    @Sendable func showMine(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try router(in: context)
        if let seconds = limits.admit(context.peerAddress) {
            throw APIError.tooManyRequests(retryAfterSeconds: seconds)
        }
        if let macAddress = await routers.macAddress(at: context.peerAddress, routerID: router.id),
            let id = try await runner.latestPurchase(of: macAddress, routerID: router.id)
        {
            return seeOther(PortalPath.purchase(router.id, id))
        }
        guard let page = pages.noPurchase(router.id) else { throw APIError.notFound }
        return page.response(to: request)
    }
}
