import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// What boxes tell of resellers is booked once, and what contradicts it is kept apart.
@Suite struct ResellerLedgerTests {
    private static let codes = (0..<10).map { "438271905\($0)" }

    private static func lines(_ column: String, from rest: String, _ centre: CentralFixture) async throws -> [String] {
        try await centre.centre.database.read { session in
            try session.query("SELECT CAST(\(column) AS TEXT) AS line FROM \(rest)").map { try $0.text("line") }
        }
    }

    private static func send(_ chain: EventChain, from box: TestBox) async throws {
        let answer = try await box.send(chain.batch(1...chain.events.count))
        #expect(answer.status == 200, "\(answer.text)")
    }

    @Test(arguments: DatabaseKind.allCases) func `each is booked once`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            var chain = EventChain(boxID: box.id, incarnation: Tenants.incarnation)
            let time = TestWallClock.start
            for _ in 0..<2 {
                try chain.addEntrega("ent_1", codes: Self.codes, at: time)
                try chain.addResellerVenta(of: "ent_1", code: Self.codes[0], at: time)
                try chain.addDevolucion("dev_1", of: "ent_1", codes: [Self.codes[9]], at: time)
                try chain.addResellerCorte("crv_1", newSold: 4, abonoCents: 3_000, at: time)
            }
            try await Self.send(chain, from: box)
            #expect(try await Self.lines("ficha_count", from: "entrega", centre) == ["10"])
            #expect(try await Self.lines("ficha_count", from: "devolucion", centre) == ["1"])
            #expect(try await Self.lines("balance_cents", from: "reseller_corte", centre) == ["1800"])
            #expect(try await Self.lines("new_sold_count", from: "reseller_corte_line", centre) == ["4"])
            let venta = "reseller_id || ' ' || entrega_id || ' ' || CAST(commission_cents AS TEXT)"
            #expect(try await Self.lines("(\(venta))", from: "venta", centre) == ["rev_1 ent_1 300"])
            let sums = "method || ' ' || CAST(sold_count AS TEXT) || ' ' || CAST(sold_cents AS TEXT)"
            let total = "venta_sum WHERE facet = 'total' AND LENGTH(period) = 7"
            #expect(try await Self.lines("(\(sums))", from: total, centre) == ["reseller 1 1500"])
            // Handed over is sold as far as the ficha goes; what came back is over.
            let states = "state, COUNT(*) AS number FROM ficha GROUP BY state ORDER BY state"
            let counts = try await centre.centre.database.read { session in
                try session.query("SELECT \(states)").map { "\(try $0.text("state")) \(try $0.integer("number"))" }
            }
            #expect(counts == ["sold 9", "voided 1"])
            #expect(try await Self.lines("reason", from: "quarantine", centre) == [])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `what contradicts it is kept apart`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            var chain = EventChain(boxID: box.id, incarnation: Tenants.incarnation)
            try chain.addEntrega("ent_1", codes: Self.codes)
            try chain.addDevolucion("dev_1", of: "ent_1", codes: [Self.codes[9]])
            try chain.addResellerCorte("crv_1", newSold: 4, abonoCents: 3_000)
            try chain.addEntrega("ent_1", codes: Self.codes, priceCents: 1_600)
            try chain.addDevolucion("dev_1", of: "ent_1", codes: [Self.codes[8], Self.codes[9]])
            try chain.addResellerCorte("crv_1", newSold: 4, abonoCents: 3_001)
            try await Self.send(chain, from: box)
            let reasons = try await Self.lines("reason", from: "quarantine ORDER BY seq", centre)
            #expect(reasons == ["entrega_conflict", "devolucion_conflict", "reseller_corte_conflict"])
            #expect(try await Self.lines("price_cents", from: "entrega", centre) == ["1500"])
            #expect(try await Self.lines("abono_cents", from: "reseller_corte", centre) == ["3000"])
            #expect(try await Self.lines("COUNT(*)", from: "reseller_corte_line", centre) == ["1"])
        }
    }

    /// A box that was put back to before a corte asks for the same money again, under another id.
    @Test(arguments: DatabaseKind.allCases) func `a corte that a restored box makes again is kept apart`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            var chain = EventChain(boxID: box.id, incarnation: Tenants.incarnation)
            try chain.addEntrega("ent_1", codes: Self.codes)
            try chain.addResellerCorte("crv_1", newSold: 4, abonoCents: 3_000)
            try chain.addResellerCorte("crv_2", newSold: 4, abonoCents: 3_000)
            try chain.addResellerCorte("crv_1", newSold: 4, abonoCents: 3_000)
            try await Self.send(chain, from: box)
            let reasons = try await Self.lines("reason", from: "quarantine ORDER BY seq", centre)
            #expect(reasons == ["reseller_corte_repeated"])
            #expect(try await Self.lines("corte_id", from: "reseller_corte", centre) == ["crv_1"])
        }
    }

    @Test func `what cannot be is quarantined`() async throws {
        var chain = EventChain()
        try chain.addEntrega("ent_1", codes: Self.codes)
        try chain.addDevolucion("dev_1", of: "ent_1", codes: [Self.codes[9]])
        try chain.addResellerCorte("crv_1", newSold: 4, abonoCents: 3_000)
        try chain.addResellerVenta(of: "ent_1", code: Self.codes[0])
        let changes: [(Int, String, String)] = [
            (0, #""commission_bp":2000"#, #""commission_bp":10001"#), (0, #""price_cents":1500"#, #""price_cents":-1"#),
            (0, #""commission_cents":300"#, #""commission_cents":1501"#), (0, #""id":"ent_1""#, #""id":"""#),
            (0, Self.codes[0], ""), (0, Self.codes[0], String(repeating: "1", count: 33)), (0, "1 hora", "a\\u0000"),
            (1, #""codes":["\#(Self.codes[9])"]"#, #""codes":[]"#), (1, #""id":"dev_1""#, #""id":"""#),
            (2, #""balance_cents":1800"#, #""balance_cents":1801"#), (2, #""owed_cents":4800"#, #""owed_cents":4801"#),
            (2, #""abono_cents":3000"#, #""abono_cents":-3000"#), (2, #""in_hand":5"#, #""in_hand":-5"#),
            (3, #""commission_cents":300"#, #""commission_cents":1501"#),
        ]
        for (index, old, new) in changes {
            let text = chain.events[index]
            #expect(text.contains(old), "\(old)")
            let event = ReadEvent(text.replacing(old, with: new), epoch: 1, seq: Int64(index) + 1)
            guard case .unreadable(_, "implausible") = event else {
                Issue.record("\(new): \(event)")
                continue
            }
        }
        for (index, text) in chain.events.enumerated() {
            if case .unreadable = ReadEvent(text, epoch: 1, seq: Int64(index) + 1) { Issue.record("\(text)") }
        }
        #expect(
            ReadEvent(#"{"kind":"entrega","epoch":1,"seq":1}"#, epoch: 1, seq: 1)
                == .unreadable(kind: "entrega", reason: "unreadable")
        )
    }

    @Test(arguments: DatabaseKind.allCases) func `an entrega of five thousand comes in one event`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            var chain = EventChain(boxID: box.id, incarnation: Tenants.incarnation)
            try chain.addEntrega("ent_1", codes: (1_000_000_000..<1_000_005_000).map(String.init))
            try await Self.send(chain, from: box)
            #expect(try await Self.lines("COUNT(*)", from: "ficha WHERE state = 'sold'", centre) == ["5000"])
        }
    }
}
