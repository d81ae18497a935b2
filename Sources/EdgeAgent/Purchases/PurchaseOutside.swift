import Purchasing
import Shared

/// What a purchase asks of the payment provider. None of it throws: every way a call can end is an answer.
///
/// Two conformers: ``ConektaPayments``, and the simulation of the tests, which lets the box die at every call.
protocol PurchasePayments: Sendable {
    func createOrder(for purchase: Purchase, intent: PurchaseIntent) async -> PurchaseEvent
    func charge(orderID: String, for purchase: Purchase, intent: PurchaseIntent) async -> ChargeAnswer
    func readOrder(_ orderID: String, for purchase: Purchase) async -> OrderReading
    func refund(orderID: String, cents: Int64, for purchase: Purchase) async -> RefundAnswer
}

/// What a purchase asks of its router: before it begins, whether it could be delivered, and then what it needs.
protocol PurchaseRouters: Sendable {
    /// Whether the router answers.
    func isConnected(_ routerID: String) async -> Bool
    /// The hardware address the router has for an address on its hotspot; nil when it knows none, or does not answer.
    func macAddress(at sourceAddress: String?, routerID: String) async -> MACAddress?
    /// Why a product could not be delivered at a router if it were paid now; nil when it could.
    func check(_ product: SiteSnapshot.Product, routerID: String) async -> ProvisioningFailure?
    /// Makes sure the user is there with the purchase as its comment; nil when it is.
    func provision(_ code: FichaCode, for purchase: Purchase) async -> ProvisioningFailure?
    /// Makes sure no user of the purchase is there; false when the router could not be asked.
    func removeUser(_ code: FichaCode, of purchase: Purchase) async -> Bool
    /// All users of a router.
    func users(at routerID: String) async -> RouterUsers
}

/// Brings a buyer's phone online. It never changes the sale.
protocol BuyerConnecting: Sendable {
    /// Logs a device in with a ficha and reads the session back, unless it is online with another that still has time.
    func connectBuyer(_ device: BuyerDevice, with code: FichaCode, routerID: String) async -> ConnectionOutcome
}
