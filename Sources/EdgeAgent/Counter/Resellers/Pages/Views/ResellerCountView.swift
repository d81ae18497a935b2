import Shared

/// Asks what a reseller still has of each product.
struct ResellerCountView: Sendable {
    struct Line: Sendable {
        let name: String
        let terms: String
        let field: String
        let typed: String
    }

    let frame: CounterFrame
    let name: String
    let currency: String
    let number: Int64
    let movements: Int64
    let lines: [Line]
    let problem: String?
    let action: String
    let backURL: String

    init(
        _ reseller: KnownReseller,
        _ account: ResellerAccount,
        typed: ResellerCountForm?,
        problem: String?,
        frame: CounterFrame
    ) {
        self.frame = frame
        name = reseller.name
        currency = account.currency
        number = account.corteNumber
        movements = account.movements
        lines = account.lines.enumerated().map { place, line in
            // Where nothing can be left there is nothing to count.
            let usual = line.maximumInHand == 0 ? "0" : ""
            let known = typed.flatMap { $0.inHand.indices.contains(place) ? $0.inHand[place] : nil }
            return Line(
                name: line.product.name,
                terms: "\(line.product.price.displayText) · comisión \(RateText.text(line.commissionBasisPoints))",
                field: ResellerCountForm.Key.inHand(place).stringValue,
                typed: String((known ?? usual).prefix(10))
            )
        }
        self.problem = problem
        action = CounterPath.count(reseller.id)
        backURL = CounterPath.reseller(reseller.id)
    }
}
