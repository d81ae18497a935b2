/// An amount of money in integer centavos with its currency.
public struct Money: Hashable, Sendable, Codable {
    /// Centavos, never negative in what we sell.
    public let cents: Int64
    /// ISO 4217 code, `MXN` unless the empresa sells in another currency.
    public let currency: String

    public init(cents: Int64, currency: String = "MXN") {
        self.cents = cents
        self.currency = currency
    }

    enum CodingKeys: String, CodingKey {
        case cents = "amount_cents"
        case currency
    }

    /// What a buyer reads: `$10` or `$12.50`, with the currency only when it is not the peso.
    public var displayText: String {
        let pesos = cents / 100
        let rest = abs(cents % 100)
        let amount = rest == 0 ? "$\(pesos)" : "$\(pesos).\(rest < 10 ? "0" : "")\(rest)"
        return currency == "MXN" ? amount : "\(amount) \(currency)"
    }
}
