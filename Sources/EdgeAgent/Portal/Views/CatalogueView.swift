import Shared

/// The first page: the price list and the two doors.
struct CatalogueView: Sendable {
    let identity: PortalIdentity
    let products: [ProductView]
    let takesCards: Bool
    let redeemURL: String
    let mineURL: String

    init(_ snapshot: SiteSnapshot, routerID: String, identity: PortalIdentity) {
        self.identity = identity
        let takesCards = snapshot.conekta != nil
        self.takesCards = takesCards
        products = snapshot.catalogue(routerID: routerID).map { product in
            ProductView(product, url: takesCards ? PortalPath.card(routerID, product.id) : nil)
        }
        redeemURL = PortalPath.redeem(routerID)
        mineURL = PortalPath.mine(routerID)
    }
}
