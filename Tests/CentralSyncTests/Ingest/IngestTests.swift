import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// Every venta once, whatever the way does to the batches.
@Suite struct IngestTests {
    @Test(arguments: DatabaseKind.allCases) func `a batch is taken, and taken again is answered as before`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            for number in 1...5 { try chain.addVenta("pur_\(number)") }
            for _ in 0..<3 {
                #expect(try await Self.ingest(chain.batch(1...5), box, database) == .acknowledged(chain.head))
            }
            #expect(try await Self.ventas(database) == (1...5).map { "pur_\($0)" })
            #expect(try await Self.sums(database) == [5, 7_500, 0, 0])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `cuts, repetitions and overlaps come to the same`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            for number in 1...20 {
                try chain.addVenta("pur_\(number)", outcome: number % 5 == 0 ? .refunded : .delivered)
            }
            var generator = SplitMix64(seed: 7)
            var acknowledged: Int64 = 0
            for _ in 0..<200 {
                let from = Int.random(in: 1...20, using: &generator)
                let batch = chain.batch(from...Int.random(in: from...20, using: &generator))
                switch try await Self.ingest(batch, box, database) {
                case .acknowledged(let point):
                    #expect(point.seq >= acknowledged)
                    #expect(point.hash == chain.hashes[Int(point.seq)])
                    acknowledged = point.seq
                case .refused(.gap, let point):
                    #expect(Int64(from) > acknowledged + 1)
                    #expect(point?.seq == acknowledged)
                case .refused(let refusal, _): Issue.record("\(refusal)")
                }
            }
            #expect(try await Self.ingest(chain.batch(1...20), box, database) == .acknowledged(chain.head))
            #expect(try await Self.ventas(database).count == 20)
            #expect(try await Self.sums(database) == [16, 24_000, 4, 6_000])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `two batches at once are one after the other`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            for number in 1...50 { try chain.addVenta("pur_\(number)") }
            let batches = [chain.batch(1...50), chain.batch(1...30), chain.batch(1...50), chain.batch(1...10)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for batch in batches {
                    group.addTask { _ = try await Self.ingest(batch, box, database) }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.ventas(database).count == 50)
            #expect(try await Self.sums(database) == [50, 75_000, 0, 0])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `another event under a known number is a fork, kept and refused`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            for number in 1...3 { try chain.addVenta("pur_\(number)") }
            _ = try await Self.ingest(chain.batch(1...3), box, database)
            var clone = EventChain()
            for number in [1, 2, 9, 10] { try clone.addVenta("pur_\(number)") }
            for range in [1...4, 3...3, 3...4] {
                let outcome = try await Self.ingest(clone.batch(range), box, database)
                #expect(outcome == .refused(.fork, chain.head))
            }
            // Behind the last number too: the hash before it is another.
            #expect(try await Self.ingest(clone.batch(4...4), box, database) == .refused(.fork, chain.head))
            let kept = try await database.read { try $0.query("SELECT seq, body FROM fork ORDER BY seq") }
            #expect(try kept.map { try $0.integer("seq") }.contains(4))
            #expect(try await Self.ventas(database) == ["pur_1", "pur_2", "pur_3"])
            let isForked = try await database.read { try $0.first("SELECT is_forked FROM box")?.bool("is_forked") }
            #expect(isForked == true)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a new epoch brings again what is here already, once`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            for number in 1...3 { try chain.addVenta("pur_\(number)") }
            _ = try await Self.ingest(chain.batch(1...3), box, database)
            let request = EpochRequest(incarnation: String(repeating: "b", count: 32), reason: .restored)
            let epochs = try await database.write { session in
                try (0..<2).map { _ in try BoxStore.epoch(for: request, of: box, at: Tenants.now, in: session) }
            }
            #expect(epochs == [2, 2])
            var again = EventChain(epoch: 2, incarnation: request.incarnation)
            for number in 2...5 { try again.addVenta("pur_\(number)") }
            #expect(try await Self.ingest(again.batch(1...4), box, database) == .acknowledged(again.head))
            #expect(try await Self.ventas(database) == (1...5).map { "pur_\($0)" })
            #expect(try await Self.sums(database) == [5, 7_500, 0, 0])
            // The old epoch goes on too: a clone that does not know of the new one loses nothing.
            try chain.addVenta("pur_6")
            #expect(try await Self.ingest(chain.batch(4...4), box, database) == .acknowledged(chain.head))
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `an epoch of nobody's is refused`(kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var unknown = EventChain(epoch: 7)
            try unknown.addVenta("pur_1")
            #expect(try await Self.ingest(unknown.batch(1...1), box, database) == .refused(.unknownEpoch, nil))
            var foreign = EventChain(incarnation: String(repeating: "c", count: 32))
            try foreign.addVenta("pur_1")
            #expect(try await Self.ingest(foreign.batch(1...1), box, database) == .refused(.unknownEpoch, nil))
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `what cannot be understood is kept, told, and holds nothing up`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            try chain.addVenta("pur_1")
            chain.add("not json")
            chain.add(#"{"kind":"telemetry","epoch":1,"seq":3}"#)
            chain.add(#"{"kind":"venta","epoch":1,"seq":4}"#)
            chain.add(#"{"kind":"venta","epoch":1,"seq":99}"#)
            try chain.addVenta("pur_1", cents: 9_900)
            try chain.addVenta("pur_7", productName: "con \0 dentro")
            try chain.addVenta("pur_8")
            #expect(try await Self.ingest(chain.batch(1...8), box, database) == .acknowledged(chain.head))
            #expect(try await Self.ventas(database) == ["pur_1", "pur_8"])
            let reasons = try await database.read { session in
                try session.query("SELECT reason FROM quarantine ORDER BY seq").map { try $0.text("reason") }
            }
            let expected = [
                "not_json", "unknown_kind", "unreadable", "misnumbered", "venta_conflict", "implausible",
            ]
            #expect(reasons == expected)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a sale counts on the day of its site, or when its clock was wrong, of its arrival`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let box = try await database.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            // 2027-01-15T08:00Z is two in the morning in Mexico City.
            try chain.addVenta("pur_1", at: Tenants.now + .seconds(60))
            try chain.addVenta("pur_2", at: Timestamp(seconds: 0))
            _ = try await Self.ingest(chain.batch(1...2), box, database, at: Tenants.now + .seconds(3_600))
            let rows = try await database.read { session in
                try session.query("SELECT local_date, local_hour, time_is_estimated FROM venta ORDER BY venta_id")
                    .map { try "\($0.text("local_date")) \($0.integer("local_hour")) \($0.bool("time_is_estimated"))" }
            }
            #expect(rows == ["2027-01-15 2 false", "2027-01-15 3 true"])
        }
    }

    // MARK: Helpers

    private static func ingest(
        _ batch: EventBatch,
        _ box: Box,
        _ database: any CentralDatabase,
        at now: Timestamp = Tenants.now
    ) async throws -> IngestStore.Outcome {
        try await database.write(.short, .byRowLocks) { session in
            let zone = try SiteTimeZone.of(box, in: session)
            return try IngestStore(box: box, batch: batch, timeZone: zone, now: now, session: session).run()
        }
    }

    private static func ventas(_ database: any CentralDatabase) async throws -> [String] {
        try await database.read { session in
            try session.query("SELECT venta_id FROM venta ORDER BY venta_id").map { try $0.text("venta_id") }
        }
    }

    private static func sums(_ database: any CentralDatabase) async throws -> [Int64] {
        let columns = ["sold_count", "sold_cents", "refunded_count", "refunded_cents"]
        return try await database.read { session in
            let rows = try session.query("SELECT * FROM venta_sum WHERE facet = 'total' AND LENGTH(period) = 10")
            return try columns.map { column in try rows.reduce(0) { try $0 + $1.integer(column) } }
        }
    }
}
