import Shared

/// What a count comes to, before it is settled; asks for what is paid.
struct ResellerReviewView: Sendable {
    let frame: CounterFrame
    let name: String
    let currency: String
    let number: Int64
    let movements: Int64
    let corteID: String
    let lines: [ResellerCorteLineView]
    let sum: ResellerSumView
    let previous: String
    let total: String
    let abono: String
    let problem: String?
    let action: String
    let backURL: String

    init(
        _ reseller: KnownReseller,
        _ account: ResellerAccount,
        lines: [ResellerCorteEvent.Line],
        id: CounterID<ResellerCorte>,
        abono: String,
        problem: String?,
        frame: CounterFrame
    ) {
        self.frame = frame
        name = reseller.name
        currency = account.currency
        number = account.corteNumber
        movements = account.movements
        corteID = id.text
        self.lines = lines.enumerated().map { place, line in
            ResellerCorteLineView(line, currency: account.currency, place: place)
        }
        sum = ResellerSumView(lines, currency: account.currency)
        previous = BalanceText.text(account.balanceCents, account.currency)
        let owedCents = lines.reduce(0) { $0 + $1.owedCents }
        total = BalanceText.text(account.balanceCents + owedCents, account.currency)
        self.abono = abono
        self.problem = problem
        action = CounterPath.settle(reseller.id)
        backURL = CounterPath.count(reseller.id) + "?moneda=\(account.currency)"
    }
}
