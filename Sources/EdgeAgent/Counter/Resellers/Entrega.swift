import Purchasing
import Shared

/// Printed fichas that a cashier handed over to a reseller, at the price and the rate of that day.
struct Entrega: Sendable, Equatable, CounterThing {
    static let prefix = "ent_"

    let id: CounterID<Entrega>
    let resellerID: String
    let resellerName: String
    let batchID: CounterID<Batch>
    let routerID: String
    let product: PurchasedProduct
    let commissionBasisPoints: Int64
    let count: Int64
    let cashierID: String
    let cashierName: String
    let at: Timestamp
    /// How many of them were brought back, and how many the box knows to be sold.
    var returned: Int64 = 0
    var used: Int64 = 0

    /// Of each.
    var commissionCents: Int64 {
        Commission.cents(ofPrice: product.price.cents, basisPoints: commissionBasisPoints)
    }
}
