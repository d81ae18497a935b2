import Purchasing
import Shared

/// Fichas that are printed together, to be sold one by one later. None of them works before it is sold.
struct Batch: Sendable, Equatable, CounterThing {
    static let prefix = "lot_"
    static let sizes: ClosedRange<Int64> = 1...5_000

    let id: CounterID<Batch>
    let routerID: String
    /// With the price of the day it was printed.
    let product: PurchasedProduct
    let count: Int64
    /// How many of them there are already.
    var minted: Int64
    /// When what is unsold stops being sold.
    let sellBy: Timestamp?
    let cashierID: String
    let cashierName: String
    let createdAt: Timestamp

    /// What its papers say: few letters, of a name whose letters are all drawn.
    var shortName: String { id.text.suffix(5).uppercased() }
    var isComplete: Bool { minted == count }
}
