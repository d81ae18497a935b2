import Foundation
import GRDB
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// The facts for the centre: numbered without gaps, each chained to the one before.
@Suite struct OutboxTests {
    private struct Entry: Sendable, Equatable {
        let seq: Int64
        let body: Data
        let hash: Data
    }

    private static let time = Timestamp(seconds: 1_800_000_000)

    private static func venta(_ id: String) -> VentaEvent.Venta {
        VentaEvent.Venta(
            id: id,
            method: "card",
            outcome: .delivered,
            routerID: "r1",
            productID: 1,
            productName: "1 hora",
            durationSeconds: 3_600,
            fichaCode: "0123456789",
            amountCents: 1_500,
            refundedCents: 0,
            currency: "MXN",
            orderID: "ord_1",
            chargeID: "c1"
        )
    }

    private func entries(_ database: DurableDatabase) async throws -> [Entry] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT seq, body, hash FROM outbox ORDER BY seq")
                .map { Entry(seq: $0["seq"], body: $0["body"], hash: $0["hash"]) }
        }
    }

    @Test func `each fact's hash holds the one before, and what is undone leaves no gap`() async throws {
        struct Undone: Error {}
        let folder = try TemporaryDirectory()
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        try await database.commit { try Outbox.append(.venta(Self.venta("pur_1")), at: Self.time, in: $0) }
        await #expect(throws: Undone.self) {
            try await database.commit { db in
                try Outbox.append(.venta(Self.venta("pur_x")), at: Self.time, in: db)
                throw Undone()
            }
        }
        // Through a restart, too.
        try database.close()
        let again = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        for id in ["pur_2", "pur_3"] {
            try await again.commit { try Outbox.append(.venta(Self.venta(id)), at: Self.time, in: $0) }
        }
        let entries = try await entries(again)
        #expect(entries.map(\.seq) == [1, 2, 3])
        var previous = Data(repeating: 0, count: 32)
        for entry in entries {
            previous = Data(SHA256Digest(of: previous + entry.body).bytes)
            #expect(entry.hash == previous)
        }
        let events = try entries.map { try JSONDecoder().decode(VentaEvent.self, from: $0.body) }
        #expect(events.map(\.venta.id) == ["pur_1", "pur_2", "pur_3"])
        #expect(events.map(\.seq) == [1, 2, 3])
        #expect(Set(events.map(\.boxID)).count == 1)
        #expect(events.allSatisfy { $0.epoch == 1 && $0.at == Self.time })
        try again.close()
    }
}
