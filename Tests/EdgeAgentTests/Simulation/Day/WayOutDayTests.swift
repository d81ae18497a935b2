import ConektaSimulator
import Foundation
import Testing

/// Days of random cuts of the line, with both kinds of sale running. A seed is a day: `FICHAS_DAY_SEED=42` repeats that one
/// alone, `FICHAS_DAYS` says how many.
@Suite struct WayOutDayTests {
    static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["FICHAS_DAY_SEED"].flatMap(UInt64.init) { return [seed] }
        return Array(1...(environment["FICHAS_DAYS"].flatMap(UInt64.init) ?? 3))
    }

    @Test(arguments: seeds)
    func `twenty-four hours of cuts, and every peso is one ficha or one refund, every sale at the centre once`(
        seed: UInt64
    ) async throws {
        let day = try SimulatedDay(seed: seed)
        let violations = try await day.violations()
        #expect(violations == [], "FICHAS_DAY_SEED=\(seed)")
        // That it was a day worth its name.
        let ledger = day.world.conekta.snapshot
        #expect(ledger.capturedCents > 0 && day.ledger.turnedAway > 0 && day.starts > 1, "FICHAS_DAY_SEED=\(seed)")
        #expect(!day.ledger.cashSales.filter(\.isInCut).isEmpty, "FICHAS_DAY_SEED=\(seed)")
        #expect(day.cuts.strikes.count > 2, "FICHAS_DAY_SEED=\(seed)")
    }
}
