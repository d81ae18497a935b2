/// The templates of the portal, by their file names without the extension.
enum PortalTemplate: String, CaseIterable, Sendable {
    case layout, catalogue, card, purchase, ficha, connection, redeem, mine, error
    case cardUnavailable = "card-unavailable"
    case chooseRouter = "choose-router"
    case noPurchase = "no-purchase"
}
