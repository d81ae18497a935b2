import Purchasing
import Shared

/// A reseller: their accounts, what they were handed, what they settled.
struct ResellerView: Sendable {
    struct Account: Sendable {
        let balance: String
        /// A class of the style sheet.
        let tone: String
        /// What is known to be sold since the last corte; nil for nothing.
        let usedSince: String?
        let lines: [Line]
        let countURL: String
    }

    struct Line: Sendable {
        let name: String
        let terms: String
        let delivered: Int64
        let returned: Int64
        let used: Int64
        let settled: Int64
        let unsettled: Int64
    }

    struct Entry: Sendable {
        let text: String
        let details: String
        let url: String
    }

    let frame: CounterFrame
    let name: String
    let contact: String?
    /// What they keep of what is handed over from now on; nil for somebody who takes no more.
    let rate: String?
    let accounts: [Account]
    let entregas: [Entry]
    let cortes: [Entry]
    let handOverURL: String

    init(
        _ reseller: KnownReseller,
        accounts: [ResellerAccount],
        entregas: [Entrega],
        cortes: [ResellerCorte],
        calendar: SiteCalendar,
        frame: CounterFrame
    ) {
        self.frame = frame
        name = reseller.name
        contact = reseller.inForce?.contact
        rate = reseller.inForce.map { RateText.text($0.commissionBasisPoints) }
        handOverURL = CounterPath.handOver(reseller.id)
        self.accounts = accounts.map(Self.account)
        self.entregas = entregas.map { entrega in
            let back = entrega.returned == 0 ? "" : " · regresaron \(entrega.returned)"
            return Entry(
                text: "\(entrega.count) × \(entrega.product.name)",
                details: "\(calendar.text(entrega.at)) · \(entrega.cashierName) · usadas \(entrega.used)\(back)",
                url: CounterPath.entrega(entrega.id)
            )
        }
        self.cortes = cortes.map { corte in
            let (figures, currency) = (corte.figures, corte.figures.currency)
            let paid = Money(cents: figures.abonoCents, currency: currency).displayText
            return Entry(
                text: "Corte \(figures.number): pagó \(paid)",
                details: "\(calendar.text(corte.at)) · \(BalanceText.text(figures.balanceCents, currency))",
                url: CounterPath.resellerCorte(corte.id)
            )
        }
    }

    private static func account(_ account: ResellerAccount) -> Account {
        let since = account.usedSinceCents
        return Account(
            balance: BalanceText.text(account.balanceCents, account.currency),
            tone: account.balanceCents > 0 ? "notice wait" : "notice",
            usedSince: since == 0 ? nil : Money(cents: since, currency: account.currency).displayText,
            lines: account.lines.map { line in
                Line(
                    name: line.product.name,
                    terms: "\(line.product.price.displayText) · comisión \(RateText.text(line.commissionBasisPoints))",
                    delivered: line.delivered,
                    returned: line.returned,
                    used: line.used,
                    settled: line.settled,
                    unsettled: line.delivered - line.returned - line.settled
                )
            },
            countURL: CounterPath.count(account.resellerID) + "?moneda=\(account.currency)"
        )
    }
}
