import Purchasing
import Shared

/// An entrega, to be signed by who takes it.
struct EntregaView: Sendable {
    let frame: CounterFrame
    let reseller: String
    let time: String
    let cashier: String
    let product: String
    let count: Int64
    let numbers: String
    let price: String
    let total: String
    let rate: String
    let commission: String
    let owed: String
    /// What came back or was used since.
    let since: String?
    let isRepeated: Bool
    let takeBackURL: String?
    let resellerURL: String
    let scriptURL = CounterPath.script

    init(
        _ entrega: Entrega,
        fichas: [EntregaFicha],
        isRepeated: Bool,
        calendar: SiteCalendar,
        frame: CounterFrame
    ) {
        func text(_ cents: Int64) -> String {
            Money(cents: cents, currency: entrega.product.price.currency).displayText
        }
        self.frame = frame
        reseller = entrega.resellerName
        time = calendar.text(entrega.at)
        cashier = entrega.cashierName
        product = entrega.product.name
        count = entrega.count
        numbers = FichaNumbers(fichas.map(\.number)).text
        price = entrega.product.price.displayText
        total = text(entrega.count * entrega.product.price.cents)
        rate = RateText.text(entrega.commissionBasisPoints)
        commission = text(entrega.count * entrega.commissionCents)
        owed = text(entrega.count * (entrega.product.price.cents - entrega.commissionCents))
        let parts = [
            entrega.used == 0 ? nil : "ya se usaron \(entrega.used)",
            entrega.returned == 0 ? nil : "regresaron \(entrega.returned)",
        ].compactMap { $0 }
        since = parts.isEmpty ? nil : "De estas, " + parts.joined(separator: " y ") + "."
        self.isRepeated = isRepeated
        takeBackURL = fichas.contains(where: \.isOut) ? CounterPath.takeBack(entrega.id) : nil
        resellerURL = CounterPath.reseller(entrega.resellerID)
    }
}
