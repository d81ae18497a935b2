import Hummingbird
import ServerKit
import Shared

/// What a portal has to know before it can sell.
struct SiteController: Sendable {
    let inForce: SiteInForce
    let keys: APIKeyGate
    let availability: CardAvailability
    /// Where the browser gets Conekta's tokenizer.
    let tokenizerURL: String

    func addRoutes(to router: some RouterMethods<AppRequestContext>) {
        router.get("/config/public", use: publicConfiguration)
        router.get("/catalogo_perfiles_venta", use: catalogue)
    }

    @Sendable private func publicConfiguration(
        _ request: Request,
        context: AppRequestContext
    ) async throws -> Response {
        let router = try keys.router(of: request)
        let reason = await availability.reasonAgainst(routerID: router.id)
        return try JSONAnswer(
            PublicConfigurationBody(
                site: inForce.site.snapshot,
                router: router,
                tokenizerURL: tokenizerURL,
                cardUnavailability: reason,
                closedFor: availability.wayOut.closedFor
            )
        ).response(status: .ok)
    }

    @Sendable private func catalogue(_ request: Request, context: AppRequestContext) throws -> Response {
        let router = try keys.router(of: request)
        guard let catalogue = inForce.site.catalogues[router.id] else { throw APIError.notFound }
        return catalogue.response(to: request)
    }
}
