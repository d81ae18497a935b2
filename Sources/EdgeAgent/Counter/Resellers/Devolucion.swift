import Shared

/// Fichas of an entrega that the reseller brought back.
struct Devolucion: Sendable, Equatable, CounterThing {
    static let prefix = "dev_"

    let id: CounterID<Devolucion>
    let entrega: Entrega
    let numbers: FichaNumbers
    let cashierID: String
    let cashierName: String
    let at: Timestamp
}
