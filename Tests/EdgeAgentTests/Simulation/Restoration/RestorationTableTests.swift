import ConektaSimulator
import Foundation
import Shared
import Testing

@testable import EdgeAgent

/// A box whose disk died goes on from a backup that lacks what it sold by card since. Each kind of sale, cut off at each of
/// its calls, and the finding out cut off at each of its own.
@Suite(.timeLimit(.minutes(5))) struct RestorationTableTests {
    /// Two good sales go before, one of them after the backup, so that the router has something to remember.
    private struct Run {
        let script: FaultScript
        let world: SimulatedWorld
        let buyers: [Buyer]

        init(_ sale: Sale, _ faults: [Int: CallFault] = [:], known: Int) throws {
            let all = sale.base.merging(faults) { $1 }
            script = FaultScript { number, _ in
                all[number - known]
            } choosingCommit: { _ in
                nil
            }
            let world = try SimulatedWorld(script: script)
            buyers =
                try [world.buyer(), world.buyer()] + (0..<sale.buyers).map { _ in try world.buyer(card: sale.card) }
            self.world = world
        }

        func violations(in box: SimulatedBox) async throws -> [String] {
            defer { try? box.end() }
            return try await MoneyOracle(world: world, buyers: buyers, isRestored: true).violations(in: box)
        }
    }

    /// The calls of the sales that go before.
    private static func knownCalls() async throws -> Int {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        _ = await box.buy(try world.buyer().intent)
        try box.end()
        return 2 * world.script.calls.count
    }

    /// The sales that go before take money, and most of the others do.
    private static func captured(by sale: Sale) -> Int64 {
        sale.card == "4000000000000002" || sale.base[1] == .lostBefore ? 3_000 : 4_500
    }

    private static let crashes = [CallFault.crashBefore, .crashAfter]
    /// With a second crash after each of the first.
    private static let isTorture = ProcessInfo.processInfo.environment["FICHAS_TORTURE"] == "1"
    /// How long nothing ran: less than the ficha lasts, and more where there is time for it.
    private static let secondsOff = isTorture ? [600, 2_400] : [600]

    @Test(arguments: Sale.all, secondsOff)
    func `what was sold since the backup is known again, wherever the box died`(
        sale: Sale,
        secondsOff: Int
    ) async throws {
        let known = try await Self.knownCalls()
        func check(_ faults: [Int: CallFault]) async throws -> FaultScript {
            let run = try Run(sale, faults, known: known)
            let restoration = RestorationRun(world: run.world, timeOff: .seconds(secondsOff))
            let box = try await restoration.restoredBox(
                selling: Array(run.buyers.prefix(1)),
                thenUnknown: Array(run.buyers.dropFirst())
            )
            #expect(try await run.violations(in: box) == [], "\(sale.name), \(faults), off for \(secondsOff)")
            if faults.isEmpty { #expect(run.world.conekta.snapshot.capturedCents == Self.captured(by: sale)) }
            return run.script
        }
        let calls = Array(try await check([:]).calls.dropFirst(known))
        #expect(calls.count >= 4)
        for number in FaultScript.points(of: calls) where sale.base[number] == nil {
            for crash in Self.crashes {
                let longer = Array(try await check([number: crash]).calls.dropFirst(known))
                // A second one in what follows, for the calls of the sale itself.
                guard Self.isTorture, number < 5, sale.base.isEmpty else { continue }
                for second in FaultScript.points(of: longer) where second > number {
                    _ = try await check([number: crash, second: .crashAfter])
                }
            }
        }
    }

    @Test(arguments: Sale.all, secondsOff)
    func `a purchase under way when the backup was made ended somehow, and is found so`(
        sale: Sale,
        secondsOff: Int
    ) async throws {
        let known = try await Self.knownCalls()
        let calls = try await sale.check().calls
        for number in FaultScript.points(of: calls) where sale.base[number] == nil {
            for crash in Self.crashes {
                let run = try Run(sale, [number: crash], known: known)
                let restoration = RestorationRun(world: run.world, timeOff: .seconds(secondsOff))
                let box = try await restoration.restoredBox(
                    selling: Array(run.buyers.prefix(2)),
                    whileSellingTo: run.buyers[2]
                )
                #expect(try await run.violations(in: box) == [], "\(sale.name), \(crash) at \(number), \(secondsOff)")
            }
        }
    }

    /// Faults of the lines while the box finds out: it asks again, and takes no card before Conekta has said all.
    @Test func `while Conekta or the router cannot be asked, it asks again`() async throws {
        let known = try await Self.knownCalls()
        let sale = Sale.all[0]
        let calls = Array(try await plain(known, [:]).script.calls.dropFirst(known))
        let first = try #require(calls.firstIndex { $0.request.hasPrefix("GET /orders?") })
        for number in calls.indices where number >= first {
            for fault in CallFault.all(for: calls[number]) where fault != .otherAmount {
                let run = try await plain(known, [number: fault])
                #expect(run.violations == [], "\(sale.name), \(fault) at \(number)")
            }
        }
    }

    private func plain(
        _ known: Int,
        _ faults: [Int: CallFault]
    ) async throws -> (script: FaultScript, violations: [String]) {
        let run = try Run(Sale.all[0], faults, known: known)
        let box = try await RestorationRun(world: run.world).restoredBox(
            selling: Array(run.buyers.prefix(1)),
            thenUnknown: Array(run.buyers.dropFirst())
        )
        return (run.script, try await run.violations(in: box))
    }
}
