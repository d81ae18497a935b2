import Shared

/// What somebody owes, or has to their credit, as people read it.
enum BalanceText {
    static func text(_ cents: Int64, _ currency: String) -> String {
        let amount = Money(cents: abs(cents), currency: currency).displayText
        if cents == 0 { return "No debe nada" }
        return cents > 0 ? "Debe \(amount)" : "\(amount) a favor"
    }
}
