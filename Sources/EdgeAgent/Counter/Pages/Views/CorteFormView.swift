import Shared

/// Asks for what is in the drawer, and does not say what should be.
struct CorteFormView: Sendable {
    let id: String
    let number: Int64
    let currency: String
    /// Nil for pesos.
    let currencyName: String?
    let counted: String

    init(_ period: TillPeriod, id: CounterID<Corte>, counted: String) {
        self.id = id.text
        number = period.number
        currency = period.currency
        currencyName = period.currency == "MXN" ? nil : period.currency
        self.counted = counted
    }
}
