import Purchasing
import Shared

/// Asks which fichas of an entrega come back.
struct TakeBackView: Sendable {
    let frame: CounterFrame
    let reseller: String
    let product: String
    /// What can come back.
    let out: String
    let outCount: Int
    let devolucionID: String
    let first: String
    let last: String
    let codes: String
    let problem: String?
    let action: String
    let backURL: String

    init(
        _ entrega: Entrega,
        fichas: [EntregaFicha],
        id: CounterID<Devolucion>,
        typed: DevolucionForm?,
        problem: String?,
        frame: CounterFrame
    ) {
        let out = fichas.filter(\.isOut).map(\.number)
        self.frame = frame
        reseller = entrega.resellerName
        product = entrega.product.name
        self.out = FichaNumbers(out).text
        outCount = out.count
        devolucionID = id.text
        first = String((typed?.first ?? "").prefix(10))
        last = String((typed?.last ?? "").prefix(10))
        codes = String((typed?.codes ?? "").prefix(80_000))
        self.problem = problem
        action = CounterPath.takeBack(entrega.id)
        backURL = CounterPath.entrega(entrega.id)
    }
}
