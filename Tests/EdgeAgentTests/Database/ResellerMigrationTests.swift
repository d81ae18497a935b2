import GRDB
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// A box that sold before there were resellers goes on with all it sold.
@Suite struct ResellerMigrationTests {
    @Test func `sales and cortes from before are there, with their folios`() async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let path = folder.path("box.sqlite")
        let before = BoxDatabase.migrations.filter { $0.id < "0007" }
        #expect(before.count == 6)
        let old = try DurableDatabase(path: path, migrations: before)
        try await old.commit { db in
            try db.execute(
                sql: """
                    INSERT INTO till VALUES ('til_1', 1, 'usr_ana');
                    INSERT INTO venta (id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents,
                        currency, at_ms) VALUES ('vta_1', 'cash', 'delivered', 'r1', 1, '4382719056', 1500, 0, 'MXN', 1);
                    INSERT INTO counter_sale (venta_id, till_id, folio, cashier_name, sold_at_ms)
                        VALUES ('vta_1', 'til_1', 1, 'Ana', 1);
                    INSERT INTO corte (id, till_id, currency, number, cashier_name, previous_folio, last_folio, sale_count,
                        sold_cents, void_count, voided_cents, counted_cents, at_ms)
                        VALUES ('crt_1', 'til_1', 'MXN', 1, 'Ana', 0, 1, 1, 1500, 0, 0, 1500, 1);
                    """
            )
        }
        try old.close()
        let database = try await BoxDatabase.open(path: path)
        let kept = try await database.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM venta JOIN counter_sale ON counter_sale.venta_id = venta.id
                        JOIN corte ON corte.till_id = counter_sale.till_id AND corte.last_folio = counter_sale.folio
                    WHERE venta.entrega_id IS NULL AND corte.last_abono = 0 AND corte.abono_cents = 0
                    """
            )
        }
        #expect(kept == 1)
        // The folio still belongs to its venta.
        await #expect(throws: DatabaseError.self) {
            try await database.commit { db in try db.execute(sql: "DELETE FROM venta WHERE id = 'vta_1'") }
        }
        try database.close()
    }
}
