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
        let text = (counted ?? "").filter { !$0.isWhitespace && $0 != "," && $0 != "$" }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let cents = parts.count == 2 ? parts[1] : "00"
        guard (1...7).contains(parts.first?.utf8.count ?? 0), (1...2).contains(cents.utf8.count),
            let pesos = parts.first.flatMap({ UInt32($0) }), let rest = UInt32(cents)
        else { throw .noAmount }
        return Int64(pesos) * 100 + Int64(cents.utf8.count == 1 ? rest * 10 : rest)
    }
}
