import Purchasing

/// A purchase as whoever waits for it sees it.
struct PurchaseProgress: Sendable, Equatable {
    var purchase: Purchase
    /// What became of connecting the buyer's phone; nil while it was not tried.
    var connection: ConnectionOutcome?
    /// Connecting is still being tried.
    var isConnecting = false

    /// There is something to tell the buyer that waiting a moment longer will not change.
    var isAnswerable: Bool {
        switch purchase.state {
        case .created, .orderCreated, .charging, .paid, .provisioned, .refunding: false
        case .inDoubt: purchase.redirectURL != nil
        case .delivered: !isConnecting
        case .declined, .abandoned, .refunded, .needsAttention: true
        }
    }
}
