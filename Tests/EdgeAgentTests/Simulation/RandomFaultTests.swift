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
        let script = FaultScript { number, call in
            Self.draw(CallFault.all(for: call), number < faultyCalls ? rate : 0, seed &* 1_000_003 &+ UInt64(number))
        } choosingCommit: { number in
            Self.draw(DiskFault.allCases, number < faultyCalls ? rate / 2 : 0, seed &* 1_000_033 &+ UInt64(number))
        }
        let world = try SimulatedWorld(seed: seed, script: script, repeatsCodes: seed.isMultiple(of: 3))
        let cards = ["4242424242424242", "4242424242424242", "4242424242424242", "4000000000000002"]
        let buyers = try (0..<Int.random(in: 1...3, using: &generator)).map { number in
            try world.buyer(
                card: cards.randomElement(using: &generator) ?? "",
                priceCents: Int64.random(in: 300...50_000, using: &generator),
                laterCents: Int64.random(in: 300...50_000, using: &generator),
                key: Bool.random(using: &generator) ? "compra-\(number)" : nil
            )
        }
        let violations = try await SimulationRun(world: world).violations(buying: buyers)
        #expect(violations == [], "FICHAS_SIMULATION_SEED=\(seed)")
    }

    /// One of the faults, or none, always the same for a seed.
    private static func draw<Fault>(_ faults: [Fault], _ rate: Double, _ seed: UInt64) -> Fault? {
        guard rate > 0 else { return nil }
        var generator = SplitMix64(seed: seed)
        guard Double.random(in: 0..<1, using: &generator) < rate else { return nil }
        return faults.randomElement(using: &generator)
    }
}
