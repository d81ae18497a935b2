import GRDB
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// The states the tables make impossible, whoever writes them.
@Suite struct PurchaseSchemaTests {
    private let folder: TemporaryDirectory
    private let database: DurableDatabase

    init() async throws {
        folder = try TemporaryDirectory()
        database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        for id in ["pur_1", "pur_2"] {
            try await PurchaseRows.insert(into: database, id: id, createdAt: Timestamp(seconds: 1_800_000_000))
        }
    }

    private func refuses(_ sql: String) async -> Bool {
        do {
            try await database.commit { try $0.execute(sql: sql) }
            return false
        } catch let error as DatabaseError {
            return error.resultCode == .SQLITE_CONSTRAINT
        } catch {
            return false
        }
    }

    private static let paid = """
        UPDATE purchase SET state = 'paid', order_id = 'ord_1', charge_sent_at_ms = 1, charge_id = 'c1', paid_at_ms = 2,
            ficha_code = '0123456789', charged_cents = 1500
        """

    @Test(arguments: [
        "UPDATE purchase SET state = 'sold'", "UPDATE purchase SET amount_cents = 0",
        "UPDATE purchase SET request_digest = 'abc'", "UPDATE purchase SET product = 'no json'",
        "UPDATE purchase SET is_open = 2",
        // Further than what must have been written down before.
        "UPDATE purchase SET state = 'order_created'",
        "UPDATE purchase SET state = 'charging', order_id = 'ord_1' WHERE id = 'pur_1'",
        "UPDATE purchase SET state = 'in_doubt', order_id = 'ord_1' WHERE id = 'pur_1'",
        "\(paid), charged_cents = 1400 WHERE id = 'pur_1'", "\(paid), ficha_code = NULL WHERE id = 'pur_1'",
        "\(paid), charge_id = NULL WHERE id = 'pur_1'", "\(paid), paid_at_ms = NULL WHERE id = 'pur_1'",
        // An end without its time or its reason, a time without an end.
        "UPDATE purchase SET state = 'abandoned', ended_at_ms = 1 WHERE id = 'pur_1'",
        "UPDATE purchase SET state = 'abandoned', refusal = 'interrupted' WHERE id = 'pur_1'",
        "UPDATE purchase SET ended_at_ms = 1 WHERE id = 'pur_1'",
        "UPDATE purchase SET state = 'needs_attention', order_id = 'o', charge_sent_at_ms = 1 WHERE id = 'pur_1'",
        // Abandoned after the charge left, refunded in part.
        """
        UPDATE purchase SET state = 'abandoned', refusal = 'interrupted', ended_at_ms = 1, charge_sent_at_ms = 1
            WHERE id = 'pur_1'
        """,
        """
        UPDATE purchase SET state = 'refunded', order_id = 'o', charge_sent_at_ms = 1, charged_cents = 1500,
            refunded_cents = 1400, ended_at_ms = 1 WHERE id = 'pur_1'
        """,
        // One order, charge or key for two purchases.
        "UPDATE purchase SET order_id = 'ord_1'", "UPDATE purchase SET charge_id = 'c1'",
        "UPDATE purchase SET idempotency_key = 'k'",
    ])
    func `a purchase that cannot be is refused`(sql: String) async {
        #expect(await refuses(sql))
    }

    @Test func `the negative control: what can be is taken`() async {
        #expect(await refuses("\(Self.paid) WHERE id = 'pur_1'") == false)
    }

    @Test func `a purchase has one living ficha, and a code belongs to one`() async {
        func ficha(_ code: String, _ purchase: String, _ state: String = "reserved") -> String {
            let end = state == "voided" ? "1" : "NULL"
            return """
                INSERT INTO ficha (code, comment, router_id, product_id, product_name, price_cents, currency,
                    mikrotik_profile, clock, duration_seconds, purchase_id, state, router_state, minted_at_ms, ended_at_ms)
                VALUES ('\(code)', '\(purchase)', 'r1', 1, '1 hora', 1500, 'MXN', '1h', 'corrido', 3600, '\(purchase)',
                    '\(state)', 'none', 1, \(end))
                """
        }
        #expect(await refuses(ficha("0000000001", "pur_1")) == false)
        #expect(await refuses(ficha("0000000002", "pur_1")))
        #expect(await refuses(ficha("0000000001", "pur_2")))
        #expect(await refuses(ficha("0000000003", "pur_1", "voided")) == false)
        #expect(await refuses(ficha("0000000004", "pur_2", "sold")), "sold without a time")
        #expect(await refuses(ficha("0000000005", "pur_9")), "of no purchase")
    }

    @Test func `a venta is one for each purchase, whole or wholly refunded`() async {
        func venta(_ id: String, _ outcome: String, _ refunded: Int, code: String = "'0000000001'") -> String {
            """
            INSERT INTO venta VALUES ('\(id)', 'card', '\(outcome)', 'r1', 1, \(code), 1500, \(refunded), 'MXN', 1, NULL)
            """
        }
        #expect(await refuses(venta("pur_1", "delivered", 1_500)))
        #expect(await refuses(venta("pur_1", "delivered", 0, code: "NULL")))
        #expect(await refuses(venta("pur_1", "refunded", 0)))
        #expect(await refuses(venta("pur_1", "refunded", 700)))
        #expect(await refuses(venta("pur_1", "delivered", 0)) == false)
        #expect(await refuses(venta("pur_1", "refunded", 1_500)))
        #expect(await refuses(venta("pur_9", "refunded", 1_500)))
    }
}
