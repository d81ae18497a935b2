import Foundation
import Logging
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// A centre that comes back from its backup, and boxes that know more than it does.
@Suite struct BackupTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test(arguments: DatabaseKind.allCases)
    func `a backup taken while boxes send is one state, and boxes send again what it lacks`(
        kind: DatabaseKind
    ) async throws {
        try await Self.withPlaces(kind) { old, new in
            let folder = try TemporaryDirectory()
            let centre = try await CentralDatabaseOpener.open(old, logger: Self.logger)
            let box = try await centre.write { try Tenants.box(in: $0) }
            var chain = EventChain()
            for number in 1...121 { try chain.addVenta("pur_\(number)", at: Tenants.now + .seconds(Int64(number))) }
            let events = chain
            _ = try await Self.send(events.batch(1...40), box, centre)
            async let sending: Void = {
                for number in 41...120 { _ = try await Self.send(events.batch(number...number), box, centre) }
            }()
            let reader = try CentralDatabaseOpener.openToRead(old, logger: Self.logger)
            let backup = BackupFolder(folder: try ExportFolder(new: folder.path("")))
            _ = try await backup.write(from: reader, at: Tenants.now)
            try await sending

            _ = try await backup.restore(to: new, at: Tenants.now + .seconds(9), logger: Self.logger)
            let restored = try await CentralDatabaseOpener.open(new, logger: Self.logger)
            let known = try await Self.check(restored)
            // That it has nothing to send is what it believes of the lost centre.
            let later = Tenants.now + .seconds(500)
            let poll = DashboardTests.poll(unsynced: 0, at: later)
            try await restored.write { try BoxStatus.note(poll, of: box, at: later, in: $0) }
            #expect(try await Self.completeUntil(restored) == Tenants.now + .seconds(Int64(known)))
            #expect((40...120).contains(known))
            // The box goes on from where the lost centre was, and is told where this one is.
            let outcome = try await Self.send(events.batch(121...121), box, restored)
            let point = SyncPoint(epoch: 1, seq: Int64(known), hash: events.hashes[known])
            #expect(known == 120 || outcome == .refused(.gap, point))
            if known < 120 {
                #expect(
                    try await Self.send(events.batch((known + 1)...121), box, restored) == .acknowledged(events.head)
                )
            }
            #expect(try await Self.check(restored) == 121)
            try await restored.write { try BoxStatus.note(poll, of: box, at: later, in: $0) }
            #expect(try await Self.completeUntil(restored) == later)
            _ = try await Self.send(events.batch(121...121), box, centre)
            let (lost, again) = (try await FullCentre.contents(centre), try await FullCentre.contents(restored))
            #expect(lost["venta_sum"] == again["venta_sum"])
            #expect(lost["box_epoch"]?.count == again["box_epoch"]?.count)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `who was let in before has to come in anew`(
        kind: DatabaseKind
    ) async throws {
        try await Self.withPlaces(kind) { old, new in
            let folder = try TemporaryDirectory()
            let centre = try await CentralDatabaseOpener.open(old, logger: Self.logger)
            try await FullCentre.fill(centre, sales: 10)
            let backup = BackupFolder(folder: try ExportFolder(new: folder.path("")))
            let reader = try CentralDatabaseOpener.openToRead(old, logger: Self.logger)
            _ = try await backup.write(from: reader, at: RandomSales.now)
            let now = RandomSales.now + .seconds(5)
            _ = try await backup.restore(to: new, at: now, logger: Self.logger)
            let restored = try await CentralDatabaseOpener.open(new, logger: Self.logger)
            try await restored.read { session in
                #expect(try session.first("SELECT * FROM session WHERE revoked_at_ms IS NULL") == nil)
                let limit: [SQLValue] = [.integer(now.milliseconds)]
                #expect(try session.first("SELECT * FROM enrolment_code WHERE expires_at_ms > $1", limit) == nil)
                #expect(try session.first("SELECT * FROM command WHERE expires_at_ms > $1", limit) == nil)
                #expect(try session.first("SELECT * FROM site WHERE snapshot_version < 1000000") == nil)
                let audit = try session.first("SELECT action, subject FROM audit ORDER BY seq DESC LIMIT 1")
                #expect(try audit?.text("action") == "centre.restore")
                #expect(try audit?.text("subject") == RandomSales.now.rfc3339)
            }
            #expect(try await AuditVerifier(database: restored).verify().isOK)
            let untouched: Set = ["session", "enrolment_code", "command", "site", "audit", "counter", "box_status"]
            let (before, after) = (try await FullCentre.contents(centre), try await FullCentre.contents(restored))
            #expect(before.filter { !untouched.contains($0.key) } == after.filter { !untouched.contains($0.key) })
        }
    }

    @Test func `a damaged copy, or a place that is taken, is refused`() async throws {
        try await Self.withPlaces(.sqlite) { old, new in
            let folder = try TemporaryDirectory()
            _ = try await CentralDatabaseOpener.open(old, logger: Self.logger)
            let backup = BackupFolder(folder: try ExportFolder(new: folder.path("")))
            _ = try await backup.write(
                from: CentralDatabaseOpener.openToRead(old, logger: Self.logger),
                at: Tenants.now
            )
            guard case .sqlite(let path) = old else { return }
            await #expect(throws: ImportError.notEmpty(path)) {
                _ = try await backup.restore(to: old, at: Tenants.now, logger: Self.logger)
            }
            let file = folder.url.appending(path: "centre.sqlite")
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
            await #expect(throws: ImportError.damaged("centre.sqlite")) {
                _ = try await backup.restore(to: new, at: Tenants.now, logger: Self.logger)
            }
            guard case .sqlite(let target) = new else { return }
            #expect(!FileManager.default.fileExists(atPath: target))
        }
    }

    @Test func `a file of an older version is not read`() async throws {
        let folder = try TemporaryDirectory()
        #expect(throws: (any Error).self) { try SQLiteCentralReader(path: folder.path("none.sqlite")) }
    }

    // MARK: Parts

    /// Two places for databases: an empty one to begin in, and one to restore to.
    private static func withPlaces(
        _ kind: DatabaseKind,
        _ body: (DatabaseURL, DatabaseURL) async throws -> Void
    ) async throws {
        switch kind {
        case .sqlite:
            let folder = try TemporaryDirectory(inMemory: true)
            try await body(.sqlite(path: folder.path("old.sqlite")), .sqlite(path: folder.path("new.sqlite")))
            withExtendedLifetime(folder) {}
        case .postgresql:
            try await ThrowawayPostgres.shared.withDatabase { old in
                try await ThrowawayPostgres.shared.withDatabase { new in
                    try await body(.postgresql(Secret(old.url)), .postgresql(Secret(new.url)))
                }
            }
        }
    }

    private static func send(
        _ batch: EventBatch,
        _ box: Box,
        _ database: any CentralDatabase
    ) async throws -> IngestStore.Outcome {
        try await database.write { session in
            let zone = try SiteTimeZone.of(box, in: session)
            let now = Tenants.now + .seconds(400)
            return try IngestStore(box: box, batch: batch, timeZone: zone, now: now, session: session).run()
        }
    }

    private static func completeUntil(_ database: any CentralDatabase) async throws -> Timestamp? {
        try await database.read { session in
            let all = ReportScope(empresaID: nil)
            return try BoxSummaryStore(session: session, scope: all, now: Tenants.now).groups()["emp_1"]?.completeUntil
        }
    }

    /// Acknowledged, events, ventas and sums belong together.
    ///
    /// - Returns: How many there are.
    private static func check(_ database: any CentralDatabase) async throws -> Int {
        let counts = try await database.read { session in
            try [
                "SELECT acked_seq AS n FROM box_epoch", "SELECT COUNT(*) AS n FROM event",
                "SELECT COUNT(*) AS n FROM venta",
                "SELECT sold_count AS n FROM venta_sum WHERE facet = 'total' AND LENGTH(period) = 7",
            ].map { try session.first($0)?.integer("n") ?? 0 }
        }
        #expect(Set(counts).count == 1, "\(counts)")
        #expect(try await VentaSumCheck(database: database).differences().isEmpty)
        return Int(counts[0])
    }
}
