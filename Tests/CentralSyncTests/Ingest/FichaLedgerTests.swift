import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// How each ficha stands at the centre, from what its box says.
@Suite struct FichaLedgerTests {
    private static let code = "4382719056"

    @Test(arguments: DatabaseKind.allCases) func `the life of a ficha, however its events are cut into batches`(
        kind: DatabaseKind
    ) async throws {
        for size in [1, 2, 6] {
            try await kind.withDatabase { database in
                let box = try await database.write { try Tenants.box(in: $0) }
                let chain = try Self.life()
                for first in stride(from: 1, through: 6, by: size) {
                    try await Self.ingest(chain.batch(first...min(first + size - 1, 6)), box, database)
                }
                let later = Tenants.now + .seconds(60)
                #expect(
                    try await Self.rows(database) == [
                        ["expired", "2", "lote-1", Self.text(Tenants.now), Self.text(later), Self.text(later)]
                    ]
                )
                let unread = try await database.read { try $0.query("SELECT reason FROM quarantine") }
                #expect(unread.isEmpty)
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a box that sends everything again takes no ficha back`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            let chain = try Self.life()
            try await Self.ingest(chain.batch(1...6), box, database)
            let before = try await Self.rows(database)
            var again = try Self.life(epoch: 2)
            try await Self.open(epoch: 2, box, database)
            try await Self.ingest(again.batch(1...3), box, database)
            #expect(try await Self.rows(database) == before)
            try again.addFicha("1000000001", from: nil, to: .minted)
            try await Self.ingest(again.batch(4...7), box, database)
            #expect(try await Self.rows(database).map(\.[0]) == ["minted", "expired"])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a sale by card is a sold ficha, a sale undone is none`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            try chain.addVenta("pur_1", outcome: .refunded)
            try await Self.ingest(chain.batch(1...1), box, database)
            #expect(try await Self.rows(database).isEmpty)
            try chain.addVenta("pur_2")
            try await Self.ingest(chain.batch(2...2), box, database)
            #expect(try await Self.rows(database).map(\.[0]) == ["sold"])
        }
    }

    @Test func `what is no ficha is kept apart`() async throws {
        try await DatabaseKind.sqlite.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            try chain.addFicha(Self.code, from: nil, to: .reserved)
            try chain.addFicha(Self.code, from: nil, to: .minted, productName: "1\0hora")
            try chain.addFicha("", from: nil, to: .minted)
            chain.add(#"{"epoch":1,"kind":"ficha","seq":4,"ficha":{"code":"1"}}"#)
            try await Self.ingest(chain.batch(1...4), box, database)
            let reasons = try await database.read { session in
                try session.query("SELECT reason FROM quarantine ORDER BY seq").map { try $0.text("reason") }
            }
            #expect(reasons == ["implausible", "implausible", "implausible", "unreadable"])
            #expect(try await Self.rows(database).isEmpty)
        }
    }

    /// Minted, sold, used, moved twice, over.
    private static func life(epoch: Int64 = 1) throws -> EventChain {
        let later = Tenants.now + .seconds(60)
        var chain = EventChain(epoch: epoch, incarnation: incarnation(epoch))
        try chain.addFicha(code, from: nil, to: .minted)
        try chain.addVenta("pur_1", at: later)
        try chain.addFicha(code, from: .sold, to: .active, soldAt: later, firstUsedAt: later)
        for move in 1...2 as ClosedRange<Int64> {
            try chain.addFicha(code, from: .active, to: .active, moves: move, soldAt: later, firstUsedAt: later)
        }
        try chain.addFicha(code, from: .active, to: .expired, moves: 2, soldAt: later, firstUsedAt: later)
        return chain
    }

    private static func incarnation(_ epoch: Int64) -> String {
        epoch == 1 ? Tenants.incarnation : String(repeating: "b", count: 32)
    }

    private static func open(epoch: Int64, _ box: Box, _ database: any CentralDatabase) async throws {
        try await database.write { session in
            try session.execute(
                """
                INSERT INTO box_epoch SELECT empresa_id, box_id, $1, $2, reason, 0, $3, opened_at_ms, last_event_at_ms
                    FROM box_epoch
                """,
                [.integer(epoch), .text(incarnation(epoch)), .bytes([UInt8](repeating: 0, count: 32))]
            )
        }
    }

    private static func ingest(_ batch: EventBatch, _ box: Box, _ database: any CentralDatabase) async throws {
        _ = try await database.write { session in
            let zone = try SiteTimeZone.of(box, in: session)
            return try IngestStore(box: box, batch: batch, timeZone: zone, now: Tenants.now, session: session).run()
        }
    }

    private static func rows(_ database: any CentralDatabase) async throws -> [[String]] {
        try await database.read { session in
            try session.query("SELECT * FROM ficha ORDER BY code").map { row in
                let times = try ["minted_at_ms", "sold_at_ms", "first_used_at_ms"].map { name in
                    try row.optionalInteger(name).map { text(Timestamp(milliseconds: $0)) } ?? ""
                }
                return [try row.text("state"), "\(try row.integer("moves"))", try row.optionalText("batch_id") ?? ""]
                    + times
            }
        }
    }

    private static func text(_ time: Timestamp) -> String { time.rfc3339 }
}
