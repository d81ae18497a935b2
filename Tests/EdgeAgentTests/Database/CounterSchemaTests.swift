import GRDB
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// What the counter's tables make impossible, and what was sold before there was a counter.
@Suite struct CounterSchemaTests {
    private static let venta = """
        INSERT INTO venta (id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents, currency,
            at_ms)
        """

    private static func sale(_ id: String, till: String = "til_1", folio: Int) -> String {
        """
        INSERT INTO counter_sale (venta_id, till_id, folio, cashier_name, sold_at_ms)
        VALUES ('\(id)', '\(till)', \(folio), 'Ana', 1)
        """
    }

    @Test(arguments: [
        // A folio that leaves a gap, is there already, or begins at nothing.
        sale("vta_3", folio: 4), sale("vta_3", folio: 2), sale("vta_3", folio: 0),
        sale("vta_3", till: "til_2", folio: 2),
        sale("vta_3", till: "til_9", folio: 1), sale("vta_9", folio: 3), sale("vta_1", folio: 3),
        "DELETE FROM counter_sale WHERE folio = 1", "UPDATE counter_sale SET folio = 5 WHERE folio = 2",
        "DELETE FROM venta WHERE id = 'vta_1'",
        // Half a voiding.
        "UPDATE counter_sale SET voided_at_ms = 1", "UPDATE counter_sale SET void_reason = 'x'",
        "UPDATE counter_sale SET void_reason = '', voided_at_ms = 1",
        // A second till of one cashier.
        "INSERT INTO till VALUES ('til_3', 3, 'usr_ana')", "INSERT INTO till VALUES ('til_3', 1, 'usr_cely')",
        // Paid in another way, or by a card of no purchase; cash that was refunded.
        "\(venta) VALUES ('x', 'vale', 'delivered', 'r1', 1, '9', 1500, 0, 'MXN', 1)",
        "\(venta) VALUES ('x', 'card', 'delivered', 'r1', 1, '9', 1500, 0, 'MXN', 1)",
        "\(venta) VALUES ('x', 'cash', 'refunded', 'r1', 1, '9', 1500, 1500, 'MXN', 1)",
        "\(venta) VALUES ('x', 'cash', 'delivered', 'r1', 1, NULL, 1500, 0, 'MXN', 1)",
        // A ficha sold twice; a reseller's of no entrega.
        "\(venta) VALUES ('x', 'cash', 'delivered', 'r1', 1, '1', 1500, 0, 'MXN', 1)",
        "\(venta) VALUES ('x', 'reseller', 'delivered', 'r1', 1, '9', 1500, 0, 'MXN', 1)",
    ])
    func `the tables refuse it`(sql: String) async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        try await database.commit { db in
            try db.execute(sql: "INSERT INTO till VALUES ('til_1', 1, 'usr_ana'), ('til_2', 2, 'usr_beto')")
            for number in 1...3 {
                let values = "('vta_\(number)', 'cash', 'delivered', 'r1', 1, '\(number)', 1500, 0, 'MXN', 1)"
                try db.execute(sql: "\(Self.venta) VALUES \(values)")
            }
            for number in 1...2 { try db.execute(sql: Self.sale("vta_\(number)", folio: number)) }
        }
        await #expect(throws: DatabaseError.self) { try await database.commit { try $0.execute(sql: sql) } }
        try await database.commit { try $0.execute(sql: Self.sale("vta_3", folio: 3)) }
        try database.close()
    }

    @Test func `sales by card from before stay as they were`() async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let path = folder.path("box.sqlite")
        let before = try DurableDatabase(path: path, migrations: [.purchases, .sync, .fichas])
        try await PurchaseRows.insert(into: before, id: "pur_1", createdAt: Timestamp(seconds: 1_800_000_000))
        try await before.commit { db in
            try db.execute(
                sql: "\(Self.venta) VALUES ('pur_1', 'card', 'delivered', 'r1', 1, '1', 1500, 0, 'MXN', 7)"
            )
        }
        try before.close()
        let after = try await BoxDatabase.open(path: path)
        let sold = try await after.read { db in
            try String.fetchOne(
                db,
                sql:
                    "SELECT id || ' ' || method || ' ' || amount_cents || ' ' || at_ms || ' ' || purchase_id FROM venta"
            )
        }
        #expect(sold == "pur_1 card 1500 7 pur_1")
        try after.close()
    }
}
