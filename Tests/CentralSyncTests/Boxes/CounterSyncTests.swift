import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync
@testable import EdgeAgent

/// What a counter sells and takes back arrives at the centre once, whatever the line, the disk and the clock did.
@Suite(.timeLimit(.minutes(5))) struct CounterSyncTests {
    @Test(arguments: DatabaseKind.allCases, FaultyLine.Fault.allCases)
    func `sales for cash and what was taken back arrive once`(
        kind: DatabaseKind,
        fault: FaultyLine.Fault
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            let first = try await box.sellForCash(1)
            try await box.sellForCash(2)
            line.script([fault])
            try await box.push()
            try await box.void(first)
            try await box.sellForCash(3)
            try await box.closeTill(4, number: 1, countedCents: 2_900)
            #expect(try await box.push())
            await line.replay(1)
            #expect(
                try await lines("folio", from: "venta WHERE method = 'cash' ORDER BY folio", centre) == ["1", "2", "3"]
            )
            #expect(try await lines("venta_id", from: "venta_void", centre) == [first.id.text])
            let corte = "sold_cents - voided_cents - counted_cents"
            #expect(try await lines("(\(corte))", from: "corte", centre) == ["100"])
            let states = try await lines("state", from: "ficha ORDER BY state", centre)
            #expect(states == ["sold", "sold", "voided"])
            #expect(try await sums(centre) == ["2 3000 1 1500"])
            #expect(try await lines("reason", from: "quarantine", centre).isEmpty)
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a box that was put back tells everything again, and nothing counts twice`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            let first = try await box.sellForCash(1)
            try await box.void(first)
            let backup = try await box.copyFiles()
            try await box.sellForCash(2)
            #expect(try await box.push())
            try await box.restore(backup)
            try await box.sellForCash(3)
            #expect(try await box.push())
            #expect(try await box.epoch() == 2)
            // Folio 2 was given twice, by two histories of one till; both sales are there.
            #expect(try await lines("folio", from: "venta ORDER BY folio", centre) == ["1", "2", "2"])
            #expect(try await sums(centre) == ["2 3000 1 1500"])
            #expect(try await lines("reason", from: "quarantine", centre).isEmpty)
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases, [Timestamp(seconds: 60), Timestamp(seconds: 4_070_908_800)])
    func `what was sold with a wrong clock counts on the day it came`(kind: DatabaseKind, time: Timestamp) async throws
    {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            let sale = try await box.sellForCash(1, at: time)
            try await box.sellForCash(2, at: time)
            try await box.void(sale, at: time + .seconds(30))
            #expect(try await box.push())
            let estimated = "venta_void WHERE time_is_estimated = 1"
            #expect(try await lines("time_is_estimated", from: estimated, centre) == ["1"])
            #expect(try await sums(centre) == ["1 1500 1 1500"])
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases, FaultyLine.Fault.allCases)
    func `what a reseller took, sold, brought back and paid arrives once`(
        kind: DatabaseKind,
        fault: FaultyLine.Fault
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            // All of it without a line.
            let entrega = try await box.handOver(10, seed: 1)
            try await box.use(2, of: entrega)
            try await box.takeBack(numbers: 9...10, of: entrega, seed: 2)
            line.script([fault])
            try await box.push()
            try await box.settle(inHand: 3, abonoCents: 2_000, seed: 3)
            try await box.closeTill(4, number: 1, countedCents: 2_000)
            #expect(try await box.push())
            await line.replay(1)
            #expect(try await lines("ficha_count", from: "entrega", centre) == ["10"])
            #expect(try await lines("ficha_count", from: "devolucion", centre) == ["2"])
            // Ten less two that came back less three in hand, at 80 % of $15.
            #expect(try await lines("balance_cents", from: "reseller_corte", centre) == ["4000"])
            #expect(try await lines("new_sold_count", from: "reseller_corte_line", centre) == ["5"])
            #expect(try await lines("entrega_id", from: "venta", centre) == [entrega.id.text, entrega.id.text])
            #expect(try await lines("abono_cents", from: "corte", centre) == ["2000"])
            let states = try await lines("state", from: "ficha ORDER BY state", centre)
            #expect(states == ["active", "active"] + Array(repeating: "sold", count: 6) + ["voided", "voided"])
            let sums = "venta_sum WHERE facet = 'total' AND method = 'reseller' AND LENGTH(period) = 7"
            #expect(try await lines("sold_cents", from: sums, centre) == ["3000"])
            #expect(try await lines("reason", from: "quarantine", centre).isEmpty)
            try box.close()
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a box that was put back and sees the use again does not sell twice`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind) { centre in
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            let entrega = try await box.handOver(3, seed: 1)
            let backup = try await box.copyFiles()
            try await box.use(1, of: entrega)
            #expect(try await box.push())
            try await box.restore(backup)
            // The first of them again, later.
            try await box.use(2, of: entrega, at: TestWallClock.start + .seconds(60))
            #expect(try await box.push())
            #expect(try await box.epoch() == 2)
            #expect(try await lines("method", from: "venta", centre) == ["reseller", "reseller"])
            #expect(try await lines("ficha_count", from: "entrega", centre) == ["3"])
            #expect(try await lines("reason", from: "quarantine", centre).isEmpty)
            try box.close()
        }
    }

    // MARK: Looking

    private func sums(_ centre: CentralFixture) async throws -> [String] {
        let columns = ["sold_count", "sold_cents", "refunded_count", "refunded_cents"]
        let line = columns.map { "CAST(\($0) AS TEXT)" }.joined(separator: " || ' ' || ")
        return try await lines(
            line,
            from: "venta_sum WHERE facet = 'total' AND method = 'cash' AND LENGTH(period) = 7",
            centre
        )
    }

    private func lines(_ column: String, from rest: String, _ centre: CentralFixture) async throws -> [String] {
        try await centre.centre.database.read { session in
            try session.query("SELECT CAST(\(column) AS TEXT) AS line FROM \(rest)").map { try $0.text("line") }
        }
    }
}
