import ConektaSimulator
import Shared

@testable import EdgeAgent

/// Somebody who buys, and taps again until the box has an answer.
struct Buyer: Sendable {
    let intent: PurchaseIntent
    /// What the same tap means once the catalogue has changed; the price is the only thing that can differ.
    let intentAfterRestart: PurchaseIntent
}

extension SimulatedWorld {
    /// - Parameter laterCents: The price in the catalogue after the first restart, if it changes.
    func buyer(
        card: String = "4242424242424242",
        priceCents: Int64 = 1_500,
        laterCents: Int64? = nil,
        key: String? = nil
    ) throws -> Buyer {
        let token = Secret(conekta.makeToken(cardNumber: card) ?? "tok_none")
        func intent(_ cents: Int64) throws -> PurchaseIntent {
            try PurchaseIntent(
                router: SimulatedBox.router,
                product: .forTests(priceCents: cents, profile: Self.profile),
                cardToken: token,
                idempotencyKey: key
            )
        }
        return Buyer(intent: try intent(priceCents), intentAfterRestart: try intent(laterCents ?? priceCents))
    }
}
