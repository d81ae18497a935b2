import ServerKit

/// Counts and money of one currency, as they are answered.
struct SalesAmounts: Sendable, Equatable {
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

    /// An object.
    func write(to text: inout JSONText) {
        text.object { text in
            Self.write(total, to: &text)
            text.name("by_method")
            text.object { text in
                for (method, amounts) in byMethod.sorted(by: { $0.key < $1.key }) {
                    text.name(method)
                    text.object { Self.write(amounts, to: &$0) }
                }
            }
        }
    }

    private static func write(_ amounts: VentaAmounts, to text: inout JSONText) {
        text.member("sold_count", amounts.soldCount)
        text.member("sold_cents", amounts.soldCents)
        text.member("refunded_count", amounts.refundedCount)
        text.member("refunded_cents", amounts.refundedCents)
    }
}
