import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// What boxes of released versions send is still taken, and counted.
@Suite struct RecordedBatchTests {
    /// Where the events of each kind go, a row for each.
    private static let tables = [
        "venta": "venta", "void": "venta_void", "corte": "corte", "entrega": "entrega", "devolucion": "devolucion",
        "corte_revendedor": "reseller_corte",
    ]

    @Test(arguments: DatabaseKind.allCases, ["0.1.0", "0.2.0"]) func `a recorded batch is booked`(
        kind: DatabaseKind,
        version: String
    ) async throws {
        let recorded = RecordedBytes(version)
        let old = try recorded.batch()
        let batch = EventBatch(
            epoch: old.epoch,
            incarnation: Tenants.incarnation,
            fromSeq: old.fromSeq,
            previousHash: old.previousHash,
            sentAt: old.sentAt,
            events: old.events
        )
        let last = try #require(try recorded.hashes().last.flatMap(SHA256Digest.init(hexadecimal:)))
        try await kind.withDatabase { database in
            try await database.write { session in
                let box = try Tenants.box(in: session)
                let outcome = try IngestStore(
                    box: box,
                    batch: batch,
                    timeZone: try #require(TimeZone(identifier: "America/Mexico_City")),
                    now: Tenants.now,
                    session: session
                ).run()
                let point = SyncPoint(epoch: 1, seq: Int64(old.events.count), hash: last)
                #expect(outcome == .acknowledged(point))
                let kinds = try session.query("SELECT kind FROM event").map { try $0.text("kind") }
                for (kind, table) in Self.tables {
                    let rows = try session.first("SELECT count(*) AS number FROM \(table)")?.integer("number")
                    #expect(rows == Int64(kinds.count { $0 == kind }), "\(kind)")
                }
                // Those of counter and resellers came with 0.2.0.
                #expect(version == "0.1.0" || Set(kinds) == Set(Self.tables.keys).union(["ficha"]))
                #expect(try session.first("SELECT count(*) AS number FROM quarantine")?.integer("number") == 0)
            }
        }
    }
}
