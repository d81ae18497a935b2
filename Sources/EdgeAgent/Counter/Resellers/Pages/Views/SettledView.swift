import Shared

/// A corte of a reseller that is done, to be signed by both.
struct SettledView: Sendable {
    let frame: CounterFrame
    let reseller: String
    let number: Int64
    let time: String
    let cashier: String
    let lines: [ResellerCorteLineView]
    let sum: ResellerSumView
    let previous: String
    let abono: String
    let balance: String
    let isRepeated: Bool
    let resellerURL: String
    let scriptURL = CounterPath.script

    init(_ corte: ResellerCorte, isRepeated: Bool, calendar: SiteCalendar, frame: CounterFrame) {
        let figures = corte.figures
        self.frame = frame
        reseller = figures.resellerName
        number = figures.number
        time = calendar.text(corte.at)
        cashier = corte.cashierName
        lines = figures.lines.enumerated().map { place, line in
            ResellerCorteLineView(line, currency: figures.currency, place: place)
        }
        sum = ResellerSumView(figures.lines, currency: figures.currency)
        previous = BalanceText.text(figures.previousBalanceCents, figures.currency)
        abono = Money(cents: figures.abonoCents, currency: figures.currency).displayText
        balance = BalanceText.text(figures.balanceCents, figures.currency)
        self.isRepeated = isRepeated
        resellerURL = CounterPath.reseller(figures.resellerID)
    }
}
