import FoundationEssentials
import GRDB
import Shared
import Store

/// The outbox as the centre is told of it.
struct OutboxStore: Sendable {
    /// Of one batch: a request that a slow line carries in seconds.
    private static let batchEvents = 500
    private static let batchBytes = 512 * 1_024

    let database: DurableDatabase

    /// Tells of each commit with new events, until it is cancelled.
    func onAppend(_ body: @escaping @Sendable () -> Void) -> AnyDatabaseCancellable {
        database.watch("SELECT last_seq FROM box", body)
    }

    func position() async throws -> OutboxPosition {
        try await database.read(Self.position)
    }

    /// What comes after a point of the current epoch; nil when that is all.
    func batch(after point: SyncPoint, incarnation: String, sentAt: Timestamp) async throws -> EventBatch? {
        let bodies = try await database.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT body FROM outbox WHERE epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
                arguments: [point.epoch, point.seq, Self.batchEvents]
            )
            var bodies: [String] = []
            var bytes = 0
            while let row = try rows.next(), bytes < Self.batchBytes {
                let body: Data = row["body"]
                bytes += body.count
                bodies.append(String(decoding: body, as: UTF8.self))
            }
            return bodies
        }
        guard !bodies.isEmpty else { return nil }
        return EventBatch(
            epoch: point.epoch,
            incarnation: incarnation,
            fromSeq: point.seq + 1,
            previousHash: point.hash,
            sentAt: sentAt,
            events: bodies
        )
    }

    /// Whether the box's own chain goes through a point.
    func holds(_ point: SyncPoint) async throws -> Bool {
        if point.seq == 0 { return point.hash == SyncPoint.beginning(of: point.epoch).hash }
        let hash = try await database.read { db in
            try Data.fetchOne(
                db,
                sql: "SELECT hash FROM outbox WHERE epoch = ? AND seq = ?",
                arguments: [point.epoch, point.seq]
            )
        }
        return hash.map(Array.init) == point.hash.bytes
    }

    /// Remembers how far the centre has the current epoch, forwards or, for a centre that was put back, backwards.
    func acknowledge(_ point: SyncPoint) async throws {
        try await database.commit { db in
            try db.execute(
                sql: "UPDATE box SET acked_seq = ?, acked_hash = ? WHERE epoch = ? AND last_seq >= ?",
                arguments: [point.seq, Data(point.hash.bytes), point.epoch, point.seq]
            )
        }
    }

    // MARK: Epochs

    /// Decides that this history needs an epoch of its own. Asked again after a crash, it is the same one.
    func plan(_ reason: EpochRequest.Reason) async throws -> EpochRequest {
        var generator = SystemRandomNumberGenerator()
        let fresh = EpochRequest(incarnation: Incarnation.random(using: &generator), reason: reason)
        return try await database.commit { db in
            if let planned = try Self.position(in: db).planned { return planned }
            try db.execute(
                sql: "UPDATE box SET planned_incarnation = ?, planned_reason = ?",
                arguments: [fresh.incarnation, reason.rawValue]
            )
            return fresh
        }
    }

    /// Goes on in another epoch: everything is numbered and chained anew, in one transaction.
    ///
    /// Everything, because what the centre acknowledged it may have lost since, if it was put back too. It tells the sales
    /// it has by their own ids, and the occasion is rare.
    ///
    /// - Parameter site: Whose events these are from now on.
    /// - Throws: ``HistoryOfAnotherSite`` and nothing is changed; GRDB's errors.
    func begin(
        epoch: Int64,
        incarnation: String,
        boxID: String,
        site: String
    ) async throws {
        try await database.commit { db in
            let known = try String.fetchOne(db, sql: "SELECT site FROM box WHERE site IS NOT NULL")
            guard known == nil || known == site else { throw HistoryOfAnotherSite() }
            // Out of the way of the new numbers, which may be the same.
            try db.execute(sql: "UPDATE outbox SET epoch = -epoch")
            try db.execute(
                sql: """
                    UPDATE box SET box_id = ?, site = ?, epoch = ?, incarnation = ?, last_seq = 0, last_hash = zeroblob(32),
                        acked_seq = 0, acked_hash = zeroblob(32), planned_incarnation = NULL, planned_reason = NULL
                    """,
                arguments: [boxID, site, epoch, incarnation]
            )
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT kind, body FROM outbox WHERE epoch < 0 ORDER BY -epoch, seq"
            )
            while let row = try rows.next() {
                let (fact, time) = try OutboxFact.read(kind: row["kind"], body: row["body"])
                try Outbox.append(fact, at: time, in: db)
            }
            try db.execute(sql: "DELETE FROM outbox WHERE epoch < 0")
        }
    }

    // MARK: Private

    private static func position(in db: Database) throws -> OutboxPosition {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT box_id, incarnation, epoch, last_seq, acked_seq, acked_hash, planned_incarnation, planned_reason
                FROM box
                """
        )
        guard let row, let hash = SHA256Digest(bytes: Array(row["acked_hash"] as Data)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the box has no name")
        }
        let planned = (row["planned_incarnation"] as String?).flatMap { incarnation in
            EpochRequest.Reason(rawValue: row["planned_reason"]).map {
                EpochRequest(incarnation: incarnation, reason: $0)
            }
        }
        return OutboxPosition(
            boxID: row["box_id"],
            incarnation: row["incarnation"],
            epoch: row["epoch"],
            lastSeq: row["last_seq"],
            acknowledged: SyncPoint(epoch: row["epoch"], seq: row["acked_seq"], hash: hash),
            planned: planned
        )
    }
}

/// The database holds the sales of another site; they must not become this one's.
struct HistoryOfAnotherSite: Error, CustomStringConvertible {
    var description: String { "the database holds the sales of another site; enrol with a database of its own" }
}
