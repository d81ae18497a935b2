import Shared

/// The first page: the price list and the two doors.
struct CatalogueView: Sendable {
    let identity: PortalIdentity
    let products: [ProductView]
    let takesCards: Bool
    /// Why not, and where to buy meanwhile.
    let notice: String?
    /// In so many seconds the page looks again by itself.
    let refreshSeconds: Int?
    let redeemURL: String
    let mineURL: String

    /// - Parameter unavailability: Why no card is taken; nil while cards are.
    init(
        _ snapshot: SiteSnapshot,
        routerID: String,
        unavailability: CardUnavailability?,
        identity: PortalIdentity
    ) {
        self.identity = identity
        let takesCards = unavailability == nil
        self.takesCards = takesCards
        notice = unavailability?.message
        refreshSeconds = unavailability?.mayPass == true ? PortalPages.refreshSeconds : nil
        products = snapshot.catalogue(routerID: routerID).map { product in
            ProductView(product, url: takesCards ? PortalPath.card(routerID, product.id) : nil)
        }
        redeemURL = PortalPath.redeem(routerID)
        mineURL = PortalPath.mine(routerID)
    }
}
