import Foundation
import TestSupport
import Testing

/// Random runs with many faults. A seed is a run: `FICHAS_SIMULATION_SEED=42` repeats that one alone.
@Suite struct RandomFaultTests {
    private static let lanes = 8

    static var runs: Int { ProcessInfo.processInfo.environment["FICHAS_SIMULATION_RUNS"].flatMap(Int.init) ?? 2_000 }
    static var onlySeed: UInt64? { ProcessInfo.processInfo.environment["FICHAS_SIMULATION_SEED"].flatMap(UInt64.init) }

    @Test(arguments: 0..<lanes)
    func `whatever happens, in any order, every peso is one ficha or one refund`(lane: Int) async throws {
        if let seed = Self.onlySeed {
            guard lane == 0 else { return }
            return try await run(seed: seed)
        }
        for seed in stride(from: lane, to: Self.runs, by: Self.lanes) {
            try await run(seed: UInt64(seed))
        }
    }

    private func run(seed: UInt64) async throws {
        var generator = SplitMix64(seed: seed)
        let rate = Double.random(in: 0.02...0.4, using: &generator)
        let faultyCalls = Int.random(in: 5...60, using: &generator)
        let script = FaultScript { call, side in
            guard call < faultyCalls else { return nil }
            var generator = SplitMix64(seed: seed &* 1_000_003 &+ UInt64(call))
            guard Double.random(in: 0..<1, using: &generator) < rate else { return nil }
            return (side == .conekta ? CallFault.ofConekta : CallFault.ofRouter).randomElement(using: &generator)
        }
        let world = try SimulatedWorld(seed: seed, script: script)
        let cards = ["4242424242424242", "4242424242424242", "4242424242424242", "4000000000000002"]
        let intents = try (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            try world.intent(
                card: cards.randomElement(using: &generator) ?? "",
                priceCents: Int64.random(in: 300...50_000, using: &generator)
            )
        }
        let violations = try await SimulationRun(world: world).violations(buying: intents)
        #expect(violations == [], "FICHAS_SIMULATION_SEED=\(seed)")
    }
}
