import Purchasing
import Shared

/// What a cashier takes money for.
struct CounterOrder: Sendable, Equatable {
    let id: SaleID
    let cashier: SiteSnapshot.Cashier
    let routerID: String
    let product: PurchasedProduct
}
