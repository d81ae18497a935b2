import Purchasing
import Shared

/// A sale in the list of the last ones.
struct SaleLineView: Sendable {
    let folio: String
    let time: String
    let product: String
    let price: String
    let code: String
    let isVoided: Bool
    let url: String
    let reprintURL: String
    /// The number of the next reprint.
    let nextCopy: Int64
    /// Nil where it cannot be taken back any more.
    let voidURL: String?

    init(_ sale: CounterSale, calendar: SiteCalendar, now: Timestamp) {
        folio = sale.folioText
        time = calendar.clockText(sale.soldAt)
        product = sale.ficha.product.name
        price = sale.ficha.product.price.displayText
        code = sale.ficha.code.grouped
        isVoided = sale.voiding != nil
        url = CounterPath.sale(sale.id)
        reprintURL = CounterPath.reprint(sale.id)
        nextCopy = sale.reprints + 1
        voidURL = sale.refusalToVoid(at: now) == nil ? CounterPath.void(sale.id) : nil
    }
}
