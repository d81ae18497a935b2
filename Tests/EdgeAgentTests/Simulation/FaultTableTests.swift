import Foundation
import Testing

/// Reference `reliability.md` §1.4, all of it: each call of a sale meets each thing that can go wrong with it, alone, and
/// then together with a crash at every later call. Commits have a table of their own, ``DiskFaultTableTests``.
@Suite struct FaultTableTests {
    @Test(arguments: Sale.all)
    func `every single fault at every call keeps every invariant`(sale: Sale) async throws {
        let calls = try await sale.check().calls
        #expect(calls.count >= 2)
        var runs = 0
        for number in FaultScript.points(of: calls) where sale.base[number] == nil {
            for fault in CallFault.all(for: calls[number]) {
                let script = try await sale.check([number: fault])
                #expect(script.calls[number].fault == fault)
                runs += 1
            }
        }
        #expect(runs >= calls.count)
    }

    /// All pairs of crashes for the sale that goes well; for the others too with `FICHAS_TORTURE=1`.
    static var salesToCrashTwice: [Sale] {
        ProcessInfo.processInfo.environment["FICHAS_TORTURE"] == "1" ? Sale.all : Array(Sale.all.prefix(1))
    }

    @Test(arguments: salesToCrashTwice)
    func `a second crash anywhere in what follows keeps every invariant`(sale: Sale) async throws {
        let crashes = [CallFault.crashBefore, .crashAfter]
        let calls = try await sale.check().calls
        for first in FaultScript.points(of: calls) where sale.base[first] == nil {
            for crash in crashes {
                let longer = try await sale.check([first: crash]).calls
                for second in FaultScript.points(of: longer) where second > first && sale.base[second] == nil {
                    for again in crashes { try await sale.check([first: crash, second: again]) }
                }
            }
        }
    }

    /// A day's jump between any two steps, and a charge that then comes late: what the clock says ends no watch.
    @Test(arguments: [CallFault.clockForwardADay, .clockBackTo1970])
    func `no clock ends the watch over a late charge`(jump: CallFault) async throws {
        for late in [CallFault.lateByAMinute, .lateByTwentyMinutes] {
            let sale = Sale(name: "\(late)", base: [1: late])
            let calls = try await sale.check().calls
            // All of a day's watch would be a hundred runs more of the same.
            for number in calls.indices.dropFirst(2).prefix(20) {
                try await sale.check([number: jump])
                try await sale.check([number: jump, number + 1: .crashBefore])
            }
        }
    }
}
