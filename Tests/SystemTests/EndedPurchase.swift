/// How a purchase can be over.
enum EndedPurchase {
    static let states: Set<String?> = ["delivered", "declined", "abandoned", "refunded"]

    /// Whether a line of the box's log says that a purchase has ended.
    static func isTold(by line: String) -> Bool {
        states.contains { state in state.map { line.contains("\"state\":\"\($0)\"") } ?? false }
    }
}
