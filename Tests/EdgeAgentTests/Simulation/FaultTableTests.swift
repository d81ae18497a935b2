import Foundation
import Testing

/// Reference `reliability.md` §1.4, all of it: each call of a sale meets each thing that can go wrong with it, alone, and
/// then together with a crash at every later call.
@Suite struct FaultTableTests {
    struct Sale: Sendable, CustomTestStringConvertible {
        let name: String
        let card: String
        /// A fault that is always there, to lead the sale down the way back.
        let base: [Int: CallFault]

        var testDescription: String { name }
    }

    static let sales = [
        Sale(name: "paid and delivered", card: "4242424242424242", base: [:]),
        Sale(name: "declined", card: "4000000000000002", base: [:]),
        Sale(name: "paid and refunded", card: "4242424242424242", base: [3: .unknownProfile]),
        Sale(name: "paid, router dead, refunded", card: "4242424242424242", base: [3: .awayForTenMinutes]),
        Sale(name: "in doubt, then paid", card: "4242424242424242", base: [1: .lostAfter]),
        Sale(name: "in doubt, then not charged", card: "4242424242424242", base: [1: .lostBefore]),
    ]

    @Test(arguments: sales)
    func `every single fault at every call keeps every invariant`(sale: Sale) async throws {
        let calls = try await sides(of: sale, faults: sale.base)
        #expect(calls.count >= 2)
        var runs = 0
        for (call, side) in calls.enumerated() where sale.base[call] == nil {
            for fault in side == .conekta ? CallFault.ofConekta : CallFault.ofRouter {
                try await check(sale, faults: sale.base.merging([call: fault]) { $1 })
                runs += 1
            }
        }
        #expect(runs >= calls.count)
    }

    /// All pairs of crashes for the sale that goes well; for the others too with `FICHAS_TORTURE=1`.
    static var salesToCrashTwice: [Sale] {
        ProcessInfo.processInfo.environment["FICHAS_TORTURE"] == "1" ? sales : Array(sales.prefix(1))
    }

    @Test(arguments: salesToCrashTwice)
    func `a second crash anywhere in what follows keeps every invariant`(sale: Sale) async throws {
        let calls = try await sides(of: sale, faults: sale.base)
        for first in calls.indices where sale.base[first] == nil {
            for fault in [CallFault.crashBefore, .crashAfter] {
                let faults = sale.base.merging([first: fault]) { $1 }
                let longer = try await sides(of: sale, faults: faults)
                for second in longer.indices.dropFirst(first + 1) where faults[second] == nil {
                    for fault in [CallFault.crashBefore, .crashAfter] {
                        try await check(sale, faults: faults.merging([second: fault]) { $1 })
                    }
                }
            }
        }
    }

    private func check(_ sale: Sale, faults: [Int: CallFault]) async throws {
        let world = try SimulatedWorld(script: FaultScript(faults))
        let violations = try await SimulationRun(world: world).violations(buying: [try world.intent(card: sale.card)])
        #expect(violations == [], "\(sale.name), faults \(faults)")
    }

    /// Which calls the sale makes under these faults.
    private func sides(of sale: Sale, faults: [Int: CallFault]) async throws -> [FaultScript.Side] {
        let world = try SimulatedWorld(script: FaultScript(faults))
        let violations = try await SimulationRun(world: world).violations(buying: [try world.intent(card: sale.card)])
        #expect(violations == [], "\(sale.name), faults \(faults)")
        return world.script.sides
    }
}
