/// Counts and money of one currency, as they are answered.
struct SalesAmounts: Sendable, Equatable, Encodable {
    private(set) var total = VentaAmounts()
    /// Card and cash are always there, also when nothing was sold so.
    private(set) var byMethod = ["card": VentaAmounts(), "cash": VentaAmounts()]

    mutating func add(_ amounts: VentaAmounts, method: String) {
        total += amounts
        byMethod[method, default: VentaAmounts()] += amounts
    }

    static func += (sum: inout SalesAmounts, other: SalesAmounts) {
        for (method, amounts) in other.byMethod { sum.add(amounts, method: method) }
    }

    enum CodingKeys: String, CodingKey {
        case byMethod = "by_method"
    }

    func encode(to encoder: any Encoder) throws {
        try total.encode(to: encoder)
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(byMethod, forKey: .byMethod)
    }
}
