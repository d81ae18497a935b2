import Purchasing
import Shared

/// A batch in the list.
struct BatchLineView: Sendable {
    let shortName: String
    let name: String
    let price: String
    let count: Int64
    let minted: Int64
    let isComplete: Bool
    let time: String
    let cashier: String
    let url: String

    init(_ batch: Batch, calendar: SiteCalendar) {
        shortName = batch.shortName
        name = batch.product.name
        price = batch.product.price.displayText
        count = batch.count
        minted = batch.minted
        isComplete = batch.isComplete
        time = calendar.text(batch.createdAt)
        cashier = batch.cashierName
        url = CounterPath.batch(batch.id)
    }
}
