import Foundation
import GRDB
import Store

/// The five commits of a sale by card, with the rows that `PurchaseStore` writes in each. Said again here, because a
/// program's insides cannot be used by another in a release build.
enum SaleCommit: String, CaseIterable, Sendable {
    case created
    case orderCreated = "order_created"
    case charging, paid, delivered

    /// Writes the step of a sale that took every step before. The first purchase of the file is what the others copy.
    func write(_ sale: Int, in db: Database) throws {
        let (id, code) = ("pur_bench_\(sale)", String(format: "%010d", 7_000_000 + sale))
        for sql in statements {
            try db.executeCached(sql: sql, arguments: ["id": id, "code": code, "state": rawValue].filter(sql))
        }
        try db.executeCached(
            sql: """
                INSERT INTO purchase_step (purchase_id, ordinal, state, at_ms)
                SELECT ?1, count(*) + 1, ?2, 1 FROM purchase_step WHERE purchase_id = ?1
                """,
            arguments: [id, rawValue]
        )
    }

    private var statements: [String] {
        switch self {
        case .created:
            [
                """
                INSERT INTO purchase (id, idempotency_key, request_digest, router_id, product, amount_cents, currency,
                    customer_name, customer_email, state, is_open, user_may_exist, created_at_ms)
                SELECT :id, 'key:r1:' || :id, request_digest, router_id, product, amount_cents, currency,
                    customer_name, customer_email, :state, 1, 0, created_at_ms FROM purchase WHERE rowid = 1
                """
            ]
        case .orderCreated:
            ["UPDATE purchase SET state = :state, order_id = 'ord_' || :id WHERE id = :id"]
        case .charging:
            ["UPDATE purchase SET state = :state, charge_sent_at_ms = 1 WHERE id = :id"]
        case .paid:
            [
                """
                UPDATE purchase SET state = :state, charge_id = 'chr_' || :id, charged_cents = amount_cents,
                    paid_at_ms = 1, ficha_code = :code, user_may_exist = 1, provision_sent_at_ms = 1 WHERE id = :id
                """,
                """
                INSERT INTO ficha (code, comment, router_id, product_id, product_name, price_cents, currency,
                    mikrotik_profile, clock, duration_seconds, purchase_id, state, router_state, minted_at_ms)
                VALUES (:code, :id, 'r1', 1, '1 hora', 1000, 'MXN', '1h', 'corrido', 3600, :id, 'reserved', 'none', 1)
                """,
            ]
        case .delivered:
            [
                "UPDATE purchase SET state = :state, is_open = 0, ended_at_ms = 1 WHERE id = :id",
                "UPDATE ficha SET state = 'sold', sold_at_ms = 1, router_state = 'present' WHERE code = :code",
                """
                INSERT INTO venta (id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents,
                    currency, at_ms)
                VALUES (:id, 'card', 'delivered', 'r1', 1, :code, 1000, 0, 'MXN', 1)
                """,
                """
                INSERT INTO outbox
                SELECT epoch, last_seq + 1, 'venta', randomblob(480), randomblob(32), 1 FROM box
                """,
                "UPDATE box SET last_seq = last_seq + 1, last_hash = randomblob(32)",
            ]
        }
    }
}

extension [String: String] {
    /// Only the arguments a statement names: SQLite takes no others.
    fileprivate func filter(_ sql: String) -> StatementArguments {
        StatementArguments(filter { sql.contains(":" + $0.key) })
    }
}
