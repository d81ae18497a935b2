/// How a fault changes the execution of a charge.
struct ChargeTampering: Hashable, Sendable {
    /// Centavos to take instead of the order's.
    var amountCents: Int64?
    /// The outcome instead of the card's own.
    var outcome: CardOutcome?
}
