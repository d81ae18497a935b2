/// Asks why a sale is taken back.
struct VoidView: Sendable {
    let frame: CounterFrame
    let sale: SaleLineView
    let reasons: [String]
    let action: String
}
