import ConektaSimulator
import Purchasing
import Shared
import TestSupport

@testable import EdgeAgent

/// One whole run: some purchases, faults and crashes, then quiet until all is over.
struct SimulationRun {
    let world: SimulatedWorld
    /// How many times the box may start; a run of a few purchases never needs so many.
    private static let maximumLives = 200

    /// - Returns: The violations found, and how each purchase ended.
    func violations(buying intents: [PurchaseIntent]) async throws -> [String] {
        var box = try await SimulatedBox(world)
        var lives = 1
        func restart() async throws {
            repeat {
                lives += 1
                guard lives < Self.maximumLives else { return }
                box = try await SimulatedBox(world)
            } while try await !box.recover()
        }
        for intent in intents {
            if try await !box.buy(intent) { try await restart() }
        }
        // What a life left waiting on the disk (a purchase that could only wait) is taken up by one more.
        if try await !box.store.openPurchases().readable.isEmpty {
            try box.end()
            try await restart()
        }
        defer { try? box.end() }
        guard lives < Self.maximumLives else { return ["the box never came to rest"] }
        return try await MoneyOracle(world: world, intents: intents).violations(in: box)
    }
}

extension SimulatedWorld {
    /// Codes drawn from the run's seed.
    var mintCode: @Sendable () -> FichaCode {
        let generator = SharedGenerator(SplitMix64(seed: seed ^ 0x5151))
        return { generator.draw() }
    }

    func intent(
        card: String = "4242424242424242",
        priceCents: Int64 = 1_500,
        key: String? = nil
    ) throws -> PurchaseIntent {
        try PurchaseIntent(
            router: SimulatedBox.router,
            product: .forTests(priceCents: priceCents, profile: Self.profile),
            cardToken: Secret(conekta.makeToken(cardNumber: card) ?? "tok_none"),
            idempotencyKey: key
        )
    }
}
