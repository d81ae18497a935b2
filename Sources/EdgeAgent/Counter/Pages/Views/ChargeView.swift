/// Asks for the money.
struct ChargeView: Sendable {
    let frame: CounterFrame
    let product: ProductView
    let action: String
    /// Whatever is posted from this page is this sale.
    let saleID: String
    let problem: String?
}
