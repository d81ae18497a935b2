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
    /// Where the request came from, and the hardware address it belongs to as far as known.
    let sourceAddress: String?
    let buyerMACAddress: MACAddress?
    let fingerprint: PurchaseFingerprint
}

extension PurchaseIntent {
    /// The names a buyer goes by, for counting declines: none of them is proof, together they slow a thief down.
    var buyerKeys: [String] {
        BuyerDevice.limitKeys(sourceAddress: sourceAddress, macAddress: buyerMACAddress)
    }

    init(_ order: PurchaseDesk.Order, product: SiteSnapshot.Product) {
        routerID = order.router.id
        self.product = product
        cardToken = order.buyer.cardToken
        customerName = order.buyer.name
        customerEmail = order.buyer.email
        sourceAddress = order.sourceAddress
        buyerMACAddress = order.macAddress
        let device = BuyerDevice(sourceAddress: order.sourceAddress, claimedMACAddress: order.macAddress)
        deviceToConnect = order.connects ? device : nil
        fingerprint = PurchaseFingerprint(order)
    }
}
