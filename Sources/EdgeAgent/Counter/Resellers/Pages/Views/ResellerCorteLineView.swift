import Shared

/// A line of a corte.
struct ResellerCorteLineView: Sendable {
    let name: String
    let terms: String
    let delivered: Int64
    let returned: Int64
    let used: Int64
    let inHand: Int64
    let newSold: Int64
    let owed: String
    /// Of the form that settles it.
    let field: String

    init(_ line: ResellerCorteEvent.Line, currency: String, place: Int) {
        func text(_ cents: Int64) -> String { Money(cents: cents, currency: currency).displayText }
        name = line.productName
        terms = "\(text(line.priceCents)) · comisión \(RateText.text(line.commissionBasisPoints))"
        delivered = line.delivered
        returned = line.returned
        used = line.used
        inHand = line.inHand
        newSold = line.newSold
        owed = text(line.owedCents)
        field = ResellerCountForm.Key.inHand(place).stringValue
    }
}
