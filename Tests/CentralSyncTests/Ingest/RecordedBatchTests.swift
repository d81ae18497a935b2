import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// What boxes of released versions send is still taken, and counted.
@Suite struct RecordedBatchTests {
    @Test(arguments: DatabaseKind.allCases, ["0.1.0"]) func `a recorded batch becomes sales`(
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
                let ventas = try session.first("SELECT count(*) AS number FROM venta")?.integer("number")
                #expect(ventas == Int64(old.events.count))
                #expect(try session.first("SELECT count(*) AS number FROM quarantine")?.integer("number") == 0)
            }
        }
    }
}
