import Shared

/// Who takes printed fichas, and what each owes.
struct ResellerListView: Sendable {
    struct Line: Sendable {
        let name: String
        let contact: String?
        let balance: String
        /// Takes no more fichas.
        let isFormer: Bool
        let url: String
    }

    let frame: CounterFrame
    let resellers: [Line]

    init(_ resellers: [KnownReseller], balances: [String: [String: Int64]], frame: CounterFrame) {
        self.frame = frame
        self.resellers = resellers.map { reseller in
            let owed = (balances[reseller.id] ?? [:]).filter { $0.value != 0 }.sorted { $0.key < $1.key }
            return Line(
                name: reseller.name,
                contact: reseller.inForce?.contact,
                balance: owed.isEmpty
                    ? BalanceText.text(0, "MXN")
                    : owed.map { BalanceText.text($0.value, $0.key) }.joined(separator: " · "),
                isFormer: reseller.inForce == nil,
                url: CounterPath.reseller(reseller.id)
            )
        }
    }
}
