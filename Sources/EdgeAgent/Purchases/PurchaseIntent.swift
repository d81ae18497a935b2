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
    /// The buyer's own name for this attempt, if they gave one.
    let idempotencyKey: String?

    /// Conekta's test tokens may be used again and again, so they say nothing about whether two requests are one
    /// (reference `conekta.md` §7).
    private var tokenIsReusable: Bool { cardToken.reveal().hasPrefix("tok_test_") }

    /// What makes two requests the same purchase: the key the buyer sent, or the token, which pays only once.
    var storedIdempotencyKey: String? {
        if let idempotencyKey { return "key:\(routerID):\(idempotencyKey)" }
        return tokenIsReusable ? nil : "token:" + SHA256Digest(of: cardToken.reveal()).hexadecimal
    }

    /// The digest of everything that must be equal for a repeated key to be the same request.
    var digest: SHA256Digest {
        let parts = [
            routerID, String(product.id), cardToken.reveal(), customerName, customerEmail,
            buyerMACAddress?.description ?? "", deviceToConnect == nil ? "0" : "1",
        ]
        // Length-prefixed, so that no two different requests read the same.
        return SHA256Digest(of: parts.map { "\($0.utf8.count):\($0)" }.joined())
    }
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
        idempotencyKey = order.idempotencyKey
    }
}
