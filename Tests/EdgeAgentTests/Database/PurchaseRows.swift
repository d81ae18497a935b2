import GRDB
import Shared
import Store

/// Rows as a purchase would leave them, for tests about what the tables refuse.
enum PurchaseRows {
    /// A new purchase with its first step.
    static func insert(into database: DurableDatabase, id: String, createdAt: Timestamp) async throws {
        try await database.commit { db in
            try db.execute(
                sql: """
                    INSERT INTO purchase (id, request_digest, router_id, product, amount_cents, currency, customer_name,
                        customer_email, state, is_open, user_may_exist, created_at_ms)
                    VALUES (?, ?, 'r1', '{}', 1500, 'MXN', 'Ana', 'a@b.mx', 'created', 1, 0, ?)
                    """,
                arguments: [id, String(repeating: "0", count: 64), createdAt.milliseconds]
            )
            try db.execute(
                sql: "INSERT INTO purchase_step (purchase_id, ordinal, state, at_ms) VALUES (?, 1, 'created', ?)",
                arguments: [id, createdAt.milliseconds]
            )
        }
    }
}
