import Purchasing
import Shared

/// What was brought back, to be signed by who brought it.
struct DevolucionView: Sendable {
    let frame: CounterFrame
    let reseller: String
    let time: String
    let cashier: String
    let product: String
    let count: Int
    let numbers: String
    let price: String
    let isRepeated: Bool
    let resellerURL: String
    let scriptURL = CounterPath.script

    init(_ devolucion: Devolucion, isRepeated: Bool, calendar: SiteCalendar, frame: CounterFrame) {
        self.frame = frame
        reseller = devolucion.entrega.resellerName
        time = calendar.text(devolucion.at)
        cashier = devolucion.cashierName
        product = devolucion.entrega.product.name
        count = devolucion.numbers.numbers.count
        numbers = devolucion.numbers.text
        price = devolucion.entrega.product.price.displayText
        self.isRepeated = isRepeated
        resellerURL = CounterPath.reseller(devolucion.entrega.resellerID)
    }
}
