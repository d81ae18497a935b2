import Conekta
import Purchasing
import Shared

/// What an order at Conekta says of the purchase it was made for: all that a box which lost its memory needs to know it
/// again. Conekta keeps it as it is once the order is paid.
///
/// It names the site and not the box: the box that takes a broken one's place has another name, and sells at the same
/// site. Several sites of an empresa share an account.
struct OrderMetadata: Sendable, Equatable {
    static let purchaseKey = "purchase_id"
    static let siteKey = "site_id"
    /// Of a value (reference `conekta.md` §2.1).
    private static let longestValue = 249

    let purchaseID: PurchaseID
    let siteID: String
    let routerID: String
    let product: PurchasedProduct
    /// As in ``PurchaseFingerprint``: a request that is sent again is the same purchase, also after that.
    let requestKey: String?
    /// Hexadecimal.
    let requestDigest: String

    init(_ purchase: Purchase, fingerprint: PurchaseFingerprint, siteID: String) {
        purchaseID = purchase.id
        self.siteID = siteID
        routerID = purchase.routerID
        product = purchase.product
        requestKey = fingerprint.idempotencyKey
        requestDigest = fingerprint.digest.hexadecimal
    }

    /// What is sent. A value that Conekta would refuse is left out: no sale fails for it.
    var values: [String: String] {
        var values = [
            Self.purchaseKey: purchaseID.text, Self.siteKey: siteID, "router_id": routerID,
            "product_id": String(product.id), "product_name": product.name,
            "duration_seconds": String(product.durationSeconds), "clock": product.clock.rawValue,
            "mikrotik_profile": product.mikrotikProfile, "request_digest": requestDigest,
        ]
        values["data_limit_bytes"] = product.dataLimitBytes.map(String.init)
        values["request_key"] = requestKey
        return values.filter { $0.value.unicodeScalars.count <= Self.longestValue }
    }

    /// Reads what was sent; nil for an order that this did not write.
    init?(_ order: ConektaOrder) {
        let values = order.metadata
        guard let purchaseID = values[Self.purchaseKey].flatMap(PurchaseID.init), let siteID = values[Self.siteKey],
            let routerID = values["router_id"], (1...64).contains(routerID.utf8.count), let price = order.amount,
            let productID = values["product_id"].flatMap({ Int64($0) }), let name = values["product_name"],
            let seconds = values["duration_seconds"].flatMap({ Int64($0) }), (1...31_536_000).contains(seconds),
            let clock = values["clock"].flatMap(FichaClock.init), let profile = values["mikrotik_profile"],
            let digest = values["request_digest"].flatMap(SHA256Digest.init(hexadecimal:))
        else { return nil }
        self.purchaseID = purchaseID
        self.siteID = siteID
        self.routerID = routerID
        product = PurchasedProduct(
            id: productID,
            name: name,
            price: price,
            durationSeconds: seconds,
            clock: clock,
            mikrotikProfile: profile,
            dataLimitBytes: values["data_limit_bytes"].flatMap { Int64($0) }
        )
        requestKey = values["request_key"]
        requestDigest = digest.hexadecimal
    }

    /// The purchase that an order's metadata names, if it was made at a site. For picking from a list: it says nothing of the
    /// rest.
    static func purchaseID(in metadata: [String: String], madeAt siteID: String) -> PurchaseID? {
        guard metadata[siteKey] == siteID else { return nil }
        return metadata[purchaseKey].flatMap(PurchaseID.init)
    }
}
