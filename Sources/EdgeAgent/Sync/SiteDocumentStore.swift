import Crypto
import FoundationEssentials
import GRDB
import Shared
import Store

/// The last good site document, kept for the next start: the box sells by it however long the centre is away.
struct SiteDocumentStore: Sendable {
    let database: DurableDatabase
    let signingKey: Curve25519.Signing.PublicKey

    /// The document that was kept; nil when there is none yet.
    ///
    /// - Throws: As ``read(_:)``; GRDB's errors.
    func load() async throws -> SiteSnapshot? {
        let document = try await database.read { db in
            try Row.fetchOne(db, sql: "SELECT payload, signature FROM site_document").map { row in
                SignedSnapshot(payload: row["payload"], signature: row["signature"])
            }
        }
        return try document.map(read)
    }

    /// Checks a document: by whom it was signed, and everything in it.
    ///
    /// - Throws: `SignedSnapshot.Refusal`, `SiteSnapshotError`.
    func read(_ document: SignedSnapshot) throws -> SiteSnapshot {
        try SiteSnapshot(json: try document.verified(by: signingKey))
    }

    /// Keeps a document in the place of the one before.
    func save(_ document: SignedSnapshot, version: Int64, at time: Timestamp) async throws {
        try await database.commit { db in
            try db.execute(
                sql: """
                    INSERT INTO site_document (id, version, payload, signature, received_at_ms) VALUES (1, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET version = excluded.version, payload = excluded.payload,
                        signature = excluded.signature, received_at_ms = excluded.received_at_ms
                    """,
                arguments: [version, document.payload, document.signature, time.milliseconds]
            )
        }
    }
}
