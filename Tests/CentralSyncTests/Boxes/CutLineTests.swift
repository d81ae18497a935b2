import Foundation
import GRDB
import Shared
import Store
import TestSupport
import Testing

@testable import CentralSync
@testable import EdgeAgent

/// A day of cuts on a real centre: what the box's own simulation of such days (`WayOutDayTests`) has to believe of it.
@Suite(.timeLimit(.minutes(5))) struct CutLineTests {
    /// What both sides have of a sale beside its id, as text.
    private static let columns = ["method", "outcome", "amount_cents", "folio", "cashier_id"]

    @Test(arguments: DatabaseKind.allCases, [UInt64](1...3))
    func `both kinds of sale, through cuts at every turn, are at the centre as they are on the box`(
        kind: DatabaseKind,
        seed: UInt64
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            var generator = SplitMix64(seed: seed)
            let line = FaultyLine(centre.client)
            let box = try await BoxUnderTest.enrol(code: try await TestBox.code(centre).grouped, over: line)
            var cash: [CounterSale] = []
            var voided: Set<String> = []
            for step in 0..<80 as Range<UInt64> {
                switch Int.random(in: 0..<10, using: &generator) {
                case 0..<4: try await box.sell("pur_\(step)", cents: Int64.random(in: 500...9_000, using: &generator))
                case 4..<8: cash.append(try await box.sellForCash(seed * 1_000 + step))
                case 8:
                    guard let sale = cash.last, voided.insert(sale.id.text).inserted else { continue }
                    try await box.void(sale)
                default: try await box.restart()
                }
                guard Bool.random(using: &generator) else { continue }
                let faults = FaultyLine.Fault.allCases.map(Optional.some) + [nil]
                line.script([faults.randomElement(using: &generator) ?? nil])
                try await box.push()
            }
            // The line is whole again; what is scripted and did not strike is used up first.
            while try await !box.push() {}
            let onTheBox = try await ventas(box)
            #expect(onTheBox.count > 40)
            #expect(try await ventas(centre) == onTheBox)
            #expect(try await lines("venta_id", from: "venta_void", centre).sorted() == voided.sorted())
            #expect(cash.map(\.folio) == Array(1...Int64(cash.count)))
            #expect(try await lines("reason", from: "quarantine", centre).isEmpty)
            try box.close()
        }
    }

    private func ventas(_ box: BoxUnderTest) async throws -> [String] {
        let members = (["id"] + Self.columns).map { "ifnull(json_extract(body, '$.venta.\($0)'), '')" }
        let sql = "SELECT \(members.joined(separator: " || ' ' || ")) FROM outbox WHERE kind = 'venta'"
        return try await box.database.read { try String.fetchAll($0, sql: sql) }.sorted()
    }

    private func ventas(_ centre: CentralFixture) async throws -> [String] {
        let columns = (["venta_id"] + Self.columns).map { "COALESCE(CAST(\($0) AS TEXT), '')" }
        return try await lines("(\(columns.joined(separator: " || ' ' || ")))", from: "venta", centre).sorted()
    }

    private func lines(_ column: String, from rest: String, _ centre: CentralFixture) async throws -> [String] {
        try await centre.centre.database.read { session in
            try session.query("SELECT CAST(\(column) AS TEXT) AS line FROM \(rest)").map { try $0.text("line") }
        }
    }
}
