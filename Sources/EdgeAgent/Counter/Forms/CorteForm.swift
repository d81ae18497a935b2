import Shared

/// What a cashier counted, signed with their PIN.
struct CorteForm: CounterForm {
    let formKey: String?
    let corteID: String?
    let number: Int64?
    let currency: String?
    let counted: String?
    let pin: Secret<String>?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case corteID = "corte"
        case number = "numero"
        case currency = "moneda"
        case counted = "contado"
        case pin
    }

    /// In centavos: `1250`, `$1,250.50`.
    ///
    /// - Throws: ``CounterError/noAmount``.
    func countedCents() throws(CounterError) -> Int64 {
        guard let cents = TypedAmount.cents(counted) else { throw .noAmount }
        return cents
    }
}
