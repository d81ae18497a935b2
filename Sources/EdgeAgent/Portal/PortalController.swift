import HTTPTypes
import Hummingbird
import NIOCore
import ServerKit
import Shared

/// The captive portal: plain pages, links and forms (reference `field.md` §5.4). Its addresses are ``PortalPath``'s.
struct PortalController: Sendable {
    let inForce: SiteInForce
    let purchases: PurchaseDesk
    let runner: PurchaseRunner
    let routers: RouterFleet
    let fichas: FichaDesk
    let availability: CardAvailability
    let limits: ConnectionLimits
    let wallClock: WallClock

    func addRoutes(to router: some RouterMethods<AppRequestContext>) {
        router.get("/", use: home)
        router.get("/portal/pay.js") { [inForce] request, _ in inForce.pages.script.response(to: request) }
        router.get("/portal/code.js") { [inForce] request, _ in inForce.pages.codeScript.response(to: request) }
        router.get("/r/{router}", use: catalogue)
        router.get("/r/{router}/comprar/{product}", use: showCardPage)
        router.post("/r/{router}/comprar/{product}", use: pay)
        router.get("/r/{router}/compra/{purchase}", use: showPurchase)
        router.post("/r/{router}/compra/{purchase}/conectar", use: connect)
        router.get("/r/{router}/compra/{purchase}/conexion/{result}", use: showConnection)
        router.get("/r/{router}/mi-ficha", use: showMine)
        router.post("/r/{router}/mi-ficha/conectar", use: connectMine)
        router.get("/r/{router}/mi-ficha/conexion/{result}", use: showMineConnection)
        router.get("/r/{router}/ficha", use: showRedeemForm)
        router.post("/r/{router}/ficha", use: redeem)
        router.get("/r/{router}/en-linea", use: showOnline)
    }

    // MARK: First pages

    /// The price list of the router the visitor is on: the one in `?r=`, the only one, or the one that knows the
    /// address the request comes from.
    @Sendable private func home(_ request: Request, context: AppRequestContext) async throws -> Response {
        if let named = request.uri.queryParameters.get("r"), let page = await catalogue(of: named) {
            return page.response(to: request)
        }
        let all = site.snapshot.routers
        if all.count == 1, let page = await catalogue(of: all[0].id) { return page.response(to: request) }
        if let address = context.peerAddress, let id = await routers.routerID(knowing: address),
            let page = await catalogue(of: id)
        {
            return page.response(to: request)
        }
        return pages.chooseRouter.response(to: request)
    }

    @Sendable private func catalogue(_ request: Request, context: AppRequestContext) async throws -> Response {
        guard let page = await catalogue(of: try router(in: context).id) else { throw APIError.notFound }
        return page.response(to: request)
    }

    /// What can be bought right now.
    private func catalogue(of routerID: String) async -> Precomputed? {
        pages.catalogue(routerID, without: await availability.reasonAgainst(routerID: routerID))
    }

    // MARK: Pieces

    var site: ActiveSite { inForce.site }
    var pages: PortalPages { inForce.pages }

    /// - Throws: `APIError.notFound`.
    func router(in context: AppRequestContext) throws(APIError) -> SiteSnapshot.Router {
        guard let id = context.parameters.get("router"), let router = site.snapshot.router(id) else { throw .notFound }
        return router
    }

    func html(_ page: String, status: HTTPResponse.Status = .ok, policy: String? = nil) -> Response {
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8"]
        headers[.contentSecurityPolicy] = policy
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    /// To another page, fetched with GET whatever brought the visitor here.
    func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
