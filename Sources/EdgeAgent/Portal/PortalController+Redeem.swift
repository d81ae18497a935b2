import HTTPTypes
import Hummingbird
import ServerKit
import Shared

// *Ya tengo una ficha*: a typed code, checked by its check digit here and by the router's users there.
extension PortalController {
    @Sendable func showRedeemForm(_ request: Request, context: AppRequestContext) throws -> Response {
        let router = try router(in: context)
        // From the QR code of a slip. A code with a wrong digit is not worth correcting: the form is empty then.
        if let code = request.uri.queryParameters.get("code").flatMap(FichaCode.init(typed:)) {
            return html(pages.redeem(router.id, code: code.grouped, problem: nil), policy: pages.policy.codePage)
        }
        guard let page = pages.redeemForm(router.id) else { throw APIError.notFound }
        var response = page.response(to: request)
        response.headers[.contentSecurityPolicy] = pages.policy.codePage
        return response
    }

    @Sendable func showOnline(_ request: Request, context: AppRequestContext) throws -> Response {
        guard let page = pages.online(try router(in: context).id) else { throw APIError.notFound }
        return page.response(to: request)
    }

    @Sendable func redeem(_ request: Request, context: AppRequestContext) async throws -> Response {
        let router = try router(in: context)
        let form: RedeemForm = try await request.decodeForm()
        // What is shown again is what a person may have typed, not a page full of it.
        let typed = String((form.code ?? "").prefix(40))
        // A mistyped code never reaches the router and tells nobody anything, so it is not counted.
        guard let code = FichaCode(typed: form.code ?? "") else { return refuse(.mistyped, typed: typed, at: router) }
        let phone = await routers.macAddress(at: context.peerAddress, routerID: router.id)
        let names = BuyerDevice.limitKeys(sourceAddress: context.peerAddress, macAddress: phone)
        if let seconds = limits.admitTypedCode(context.peerAddress, names: names) {
            var response = refuse(.tooManyTries, typed: typed, at: router)
            response.headers[.retryAfter] = String(seconds)
            return response
        }
        let outcome = await fichas.connect(
            BuyerDevice(sourceAddress: context.peerAddress, claimedMACAddress: nil),
            with: code,
            routerID: router.id
        )
        guard let refusal = RedeemRefusal(outcome) else { return seeOther(PortalPath.online(router.id)) }
        if refusal == .unknown { limits.recordUnknownCode(names: names) }
        return refuse(refusal, typed: code.grouped, at: router)
    }

    private func refuse(_ refusal: RedeemRefusal, typed: String, at router: SiteSnapshot.Router) -> Response {
        html(
            pages.redeem(router.id, code: typed, problem: refusal.message),
            status: refusal.status,
            policy: pages.policy.codePage
        )
    }
}
