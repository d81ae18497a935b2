import Shared

/// What a buyer asked for, checked and complete, before anything was done about it.
struct PurchaseIntent: Sendable {
    let routerID: String
    let product: SiteSnapshot.Product
    let cardToken: Secret<String>
    let customerName: String
    let customerEmail: String
    /// Connect this device once the ficha is delivered.
    let deviceToConnect: BuyerDevice?
    let sourceAddress: String?
    /// Whose address that is, as the router sees it. What the page claims never gets here: it would let anybody use up
    /// somebody else's tries.
    let buyerMACAddress: MACAddress?
    /// A purchase of the same phone that is under way takes the place of this one.
    let joinsOpenPurchase: Bool
    let fingerprint: PurchaseFingerprint
}

extension PurchaseIntent {
    /// The names a buyer goes by, for counting declines: none of them is proof, together they slow a thief down.
    var buyerKeys: [String] {
        BuyerDevice.limitKeys(sourceAddress: sourceAddress, macAddress: buyerMACAddress)
    }

    init(_ order: PurchaseDesk.Order, product: SiteSnapshot.Product, seenMACAddress: MACAddress?) {
        routerID = order.router.id
        self.product = product
        cardToken = order.buyer.cardToken
        customerName = order.buyer.name
        customerEmail = order.buyer.email
        sourceAddress = order.sourceAddress
        buyerMACAddress = seenMACAddress
        joinsOpenPurchase = order.joinsOpenPurchase
        let device = BuyerDevice(sourceAddress: order.sourceAddress, claimedMACAddress: order.claimedMACAddress)
        deviceToConnect = order.connects ? device : nil
        fingerprint = PurchaseFingerprint(order)
    }
}
