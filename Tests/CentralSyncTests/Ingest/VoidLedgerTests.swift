import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// Sales for cash at the centre, and those that were taken back: each once, and out of what was sold.
@Suite struct VoidLedgerTests {
    @Test(arguments: DatabaseKind.allCases, [1, 2, 5]) func `what is taken back counts as given back, however it comes`(
        kind: DatabaseKind,
        size: Int
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            let chain = try Self.day()
            for first in stride(from: 1, through: 5, by: size) {
                try await Self.ingest(chain.batch(first...min(first + size - 1, 5)), box, database)
            }
            let expected = ["2 3500 1 1500"]
            #expect(try await Self.sums(database) == expected)
            let names = ["venta_id", "reason", "cashier_id", "amount_cents", "local_date"]
            let voids = try await Self.lines(names, "FROM venta_void", database)
            #expect(voids == ["vta_1 Me equivoqué usr_ana 1500 2027-01-15"])
            let sale = ["method", "till_id", "folio", "cashier_id"]
            let found = try await Self.lines(sale, "FROM venta WHERE venta_id = 'vta_2'", database)
            #expect(found == ["cash til_1 2 usr_ana"])
            #expect(try await VentaSumCheck(database: database).differences().isEmpty)
            // Everything once more, in an epoch of its own.
            try await Self.open(epoch: 2, box, database)
            try await Self.ingest(try Self.day(epoch: 2).batch(1...5), box, database)
            #expect(try await Self.sums(database) == expected)
            #expect(try await Self.lines(["reason"], "FROM quarantine", database).isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `what cannot be taken back is kept apart, and changes nothing`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let (box, other) = try await database.write { session in
                (
                    try Tenants.box(in: session),
                    try Tenants.box(site: "site_2", id: "box_2", in: session)
                )
            }
            var elsewhere = EventChain(boxID: "box_2")
            try elsewhere.addCashVenta("vta_elsewhere")
            try await Self.ingest(elsewhere.batch(1...1), other, database)
            var chain = EventChain()
            try chain.addCashVenta("vta_1")
            try chain.addVenta("pur_1")
            try chain.addVoid(of: "vta_9")
            try chain.addVoid(of: "vta_elsewhere")
            try chain.addVoid(of: "pur_1")
            try chain.addVoid(of: "vta_1", cents: 1_400)
            try chain.addVoid(of: "vta_1", currency: "USD")
            try chain.addVoid(of: "vta_1", reason: "x\0")
            chain.add(#"{"epoch":1,"kind":"void","seq":9,"void":{"venta_id":"vta_1"}}"#)
            try await Self.ingest(chain.batch(1...9), box, database)
            let reasons = try await Self.lines(["reason"], "FROM quarantine ORDER BY seq", database)
            #expect(
                reasons == [
                    "void_of_nothing", "void_of_nothing", "void_conflict", "void_conflict", "void_conflict",
                    "implausible",
                    "unreadable",
                ]
            )
            #expect(try await Self.sums(database) == ["2 3000 0 0"])
            try chain.addVoid(of: "vta_1")
            try chain.addVoid(of: "vta_1", reason: "otra razón")
            try await Self.ingest(chain.batch(10...11), box, database)
            #expect(try await Self.sums(database) == ["1 1500 1 1500"])
            let again = try await Self.lines(["reason"], "FROM quarantine WHERE seq = 11", database)
            #expect(again == ["void_conflict"])
            #expect(try await VentaSumCheck(database: database).differences().isEmpty)
        }
    }

    // MARK: Parts

    /// Three sales for cash; the first goes back, the day after.
    private static func day(epoch: Int64 = 1) throws -> EventChain {
        var chain = EventChain(epoch: epoch, incarnation: incarnation(epoch))
        try chain.addCashVenta("vta_1", folio: 1)
        try chain.addCashVenta("vta_2", cents: 1_000, folio: 2)
        try chain.addVoid(of: "vta_1", at: EventChain.now + .seconds(600))
        try chain.addCashVenta("vta_3", cents: 2_500, folio: 3)
        try chain.addFicha("1000000001", from: nil, to: .minted)
        return chain
    }

    private static func incarnation(_ epoch: Int64) -> String {
        epoch == 1 ? EventChain.incarnation : String(repeating: "b", count: 32)
    }

    /// Of the month and for cash: sold and given back, counts and centavos.
    private static func sums(_ database: any CentralDatabase) async throws -> [String] {
        try await lines(
            ["sold_count", "sold_cents", "refunded_count", "refunded_cents"],
            "FROM venta_sum WHERE facet = 'total' AND method = 'cash' AND period = '2027-01'",
            database
        )
    }

    /// The rows with their columns as text, a blank between.
    private static func lines(
        _ columns: [String],
        _ rest: String,
        _ database: any CentralDatabase
    ) async throws -> [String] {
        let line = columns.map { "CAST(\($0) AS TEXT)" }.joined(separator: " || ' ' || ")
        return try await database.read { session in
            try session.query("SELECT \(line) AS line \(rest)").map { try $0.text("line") }
        }
    }

    private static func open(epoch: Int64, _ box: Box, _ database: any CentralDatabase) async throws {
        try await database.write { session in
            try session.execute(
                """
                INSERT INTO box_epoch SELECT empresa_id, box_id, $1, $2, reason, 0, $3, opened_at_ms, last_event_at_ms
                    FROM box_epoch
                """,
                [.integer(epoch), .text(incarnation(epoch)), .bytes(SHA256Digest.zeros.bytes)]
            )
        }
    }

    private static func ingest(_ batch: EventBatch, _ box: Box, _ database: any CentralDatabase) async throws {
        let outcome = try await database.write { session in
            try IngestStore(
                box: box,
                batch: batch,
                timeZone: SiteTimeZone.of(box, in: session),
                now: Tenants.now + .seconds(3_600),
                session: session
            ).run()
        }
        guard case .acknowledged = outcome else {
            Issue.record("not taken: \(outcome)")
            return
        }
    }
}
