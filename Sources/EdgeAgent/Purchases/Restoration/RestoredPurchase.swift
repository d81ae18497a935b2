import Purchasing
import RouterOS
import Shared

/// A purchase as a restored box writes it down.
struct RestoredPurchase: Sendable {
    var purchase: Purchase
    /// What its order says, for one that the backup does not hold.
    let metadata: OrderMetadata
    let customerName: String
    let customerEmail: String
    /// By Conekta's clock: what was sold days ago is not sold today.
    let soldAt: Timestamp
    /// The only phone the router lets use the ficha.
    let device: MACAddress?
    var isOpen: Bool
    /// It is looked at again before anybody drives it.
    let awaitsRestoration: Bool

    /// The same, of which it cannot be said any more whether the buyer has the ficha.
    func withDeliveryUnknown() -> RestoredPurchase {
        var unknown = self
        unknown.purchase.state = .needsAttention
        unknown.purchase.attention = .deliveryUnknown
        unknown.purchase.fichaCode = nil
        unknown.purchase.endedAt = nil
        unknown.isOpen = true
        return unknown
    }
}

extension Purchase {
    /// A purchase of which only its order is known.
    init(_ metadata: OrderMetadata, createdAt: Timestamp) {
        self.init(
            id: metadata.purchaseID,
            routerID: metadata.routerID,
            product: metadata.product,
            createdAt: createdAt
        )
    }

    /// The backup holds it in a state from which it is never delivered, or it was delivered already: what it does next is
    /// right whatever happened since.
    var isDecidedWithoutDelivery: Bool {
        switch state {
        case .declined, .refunding, .refunded, .delivered, .abandoned: true
        case .needsAttention: attention != .deliveryUnknown && (paidAt != nil || chargedCents != nil)
        case .created, .orderCreated, .charging, .inDoubt, .paid, .provisioned: false
        }
    }
}
