/// *Mi ficha* for a phone that has bought nothing lately.
struct NoPurchaseView: Sendable {
    let identity: PortalIdentity
    let redeemURL: String
    let catalogueURL: String
}
