import Purchasing

extension PurchaseRunner {
    /// A purchase to be driven, from the step it stands at.
    struct Job: Sendable {
        var machine: PurchaseStateMachine
        let firstStep: PurchaseStep
        /// What its row says.
        let storedState: PurchaseState
        /// Nil for a purchase found on the disk: the card token was never there.
        let intent: PurchaseIntent?
    }
}
