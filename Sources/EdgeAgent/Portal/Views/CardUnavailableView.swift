/// Instead of the card page, while no card can be taken.
struct CardUnavailableView: Sendable {
    let identity: PortalIdentity
    let reason: String
    /// Nil where trying again makes no sense.
    let retryURL: String?
    let refreshSeconds: Int
    let redeemURL: String
    let catalogueURL: String
}
