import Shared

/// What the lines of a corte come to.
struct ResellerSumView: Sendable {
    /// At full price.
    let sold: String
    let commission: String
    let owed: String

    init(_ lines: [ResellerCorteEvent.Line], currency: String) {
        func text(_ cents: Int64) -> String { Money(cents: cents, currency: currency).displayText }
        let soldCents = lines.reduce(0) { $0 + $1.newSold * $1.priceCents }
        let owedCents = lines.reduce(0) { $0 + $1.owedCents }
        sold = text(soldCents)
        commission = text(soldCents - owedCents)
        owed = text(owedCents)
    }
}
