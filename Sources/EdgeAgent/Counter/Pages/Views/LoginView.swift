import Shared

/// Who are you, and your PIN.
struct LoginView: Sendable {
    struct Choice: Sendable {
        let id: String
        let name: String
        let isChosen: Bool
    }

    let frame: CounterFrame
    let cashiers: [Choice]
    let problem: String?
    let hasEnded: Bool
    let action = CounterPath.login

    init(
        frame: CounterFrame,
        cashiers: [SiteSnapshot.Cashier],
        chosen: String?,
        hasEnded: Bool,
        problem: String?
    ) {
        self.frame = frame
        self.cashiers = cashiers.map { Choice(id: $0.id, name: $0.name, isChosen: $0.id == chosen) }
        self.hasEnded = hasEnded
        self.problem = problem
    }
}
