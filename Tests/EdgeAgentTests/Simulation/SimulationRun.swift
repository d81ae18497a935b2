import Purchasing
import Shared

@testable import EdgeAgent

/// One whole run: some purchases, faults and crashes, then quiet until all is over and everything late has happened.
struct SimulationRun {
    let world: SimulatedWorld
    /// How many times the box may start; a run of a few purchases never needs so many.
    private static let maximumLives = 200
    /// Tokens live for ten minutes, and then the buyer is gone.
    private static let maximumTaps = 10

    /// - Returns: The violations found.
    func violations(buying buyers: [Buyer]) async throws -> [String] {
        var box = try await SimulatedBox(world)
        var lives = 1
        func restart() async throws {
            repeat {
                lives += 1
                guard lives < Self.maximumLives else { return }
                box = try await SimulatedBox(world)
            } while try await box.recover() == .death
        }
        for buyer in buyers {
            for _ in 0..<Self.maximumTaps where world.acknowledgements.taken(buyer.intent) == nil {
                switch await box.buy(lives == 1 ? buyer.intent : buyer.intentAfterRestart) {
                case .rest: break
                case .death: try await restart()
                case .refusal: world.time.pass(.seconds(45))
                }
            }
        }
        // What a life left waiting on the disk (a purchase that could only wait) is taken up by one more.
        if try await !box.store.openPurchases().readable.isEmpty {
            try box.end()
            try await restart()
        }
        defer { try? box.end() }
        guard lives < Self.maximumLives else { return ["the box never came to rest"] }
        world.letLateEffectsHappen()
        return try await MoneyOracle(world: world, buyers: buyers).violations(in: box)
    }
}
