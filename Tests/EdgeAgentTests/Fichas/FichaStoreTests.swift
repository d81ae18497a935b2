import Foundation
import GRDB
import Purchasing
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// The fichas on the disk: what the table refuses, what goes up, and what the work of a minute costs.
@Suite struct FichaStoreTests {
    private let folder: TemporaryDirectory
    private let database: DurableDatabase
    private let store: FichaStore

    init() async throws {
        folder = try TemporaryDirectory(inMemory: true)
        database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        store = FichaStore(database: database)
    }

    private func add(_ ficha: Ficha) async throws {
        try await database.commit { try FichaStore.add(ficha, at: .noon(), in: $0) }
    }

    private func events() async throws -> [FichaEvent] {
        try await database.read { db in
            try Data.fetchAll(db, sql: "SELECT body FROM outbox WHERE kind = 'ficha' ORDER BY seq")
                .map { try JSONDecoder().decode(FichaEvent.self, from: $0) }
        }
    }

    @Test func `what is written is read, whatever is in it`() async throws {
        var ficha = Ficha.forTests(
            .ficha(clock: .pausado, dataLimitBytes: 5_000_000),
            batchID: "lote-1",
            sellBy: FichaMoment.noon + .seconds(9)
        )
        try await add(ficha)
        #expect(try await store.ficha(ficha.code) == ficha)
        try ficha.sell(buyer: .phone(1), at: .noon())
        try ficha.use(on: .phone(2), sessionTime: .seconds(3), at: .noon(plus: .seconds(5), quality: .restored))
        try ficha.move(to: .phone(3))
        try ficha.extend(by: .milliseconds(1_500))
        ficha.observe(.of(ended: 7, session: 3, bytes: 8), at: .noon(plus: .seconds(9)))
        let all = ficha
        try await store.change(ficha.code, at: .noon()) { $0 = all }
        #expect(try await store.ficha(ficha.code) == ficha)
    }

    @Test func `each step is an event, and what the venta says is not said twice`() async throws {
        let stock = Ficha.forTests(batchID: "lote-1")
        try await add(stock)
        try await store.change(stock.code, at: .noon()) { try $0.sell(at: .noon()) }
        try await store.change(stock.code, at: .noon()) { $0.routerState = .present }
        try await store.change(stock.code, at: .noon()) { try $0.use(on: .phone(1), sessionTime: .zero, at: .noon()) }
        try await store.change(stock.code, at: .noon()) { $0.observe(.of(session: 5, bytes: 5), at: .noon()) }
        try await store.change(stock.code, at: .noon()) { try $0.move(to: .phone(2)) }
        try await store.change(stock.code, at: .noon()) { try $0.expire(at: .noon()) }
        let steps = try await events().map { [$0.ficha.from?.rawValue ?? "", $0.ficha.to.rawValue] }
        #expect(steps == [["", "minted"], ["sold", "active"], ["active", "active"], ["active", "expired"]])
        #expect(try await events().map(\.ficha.moves) == [0, 0, 1, 1])
    }

    @Test func `a step that is refused writes nothing`() async throws {
        let stock = Ficha.forTests()
        try await add(stock)
        await #expect(throws: FichaError.wrongState(.minted)) {
            try await store.change(stock.code, at: .noon()) { try $0.refund(at: .noon()) }
        }
        await #expect(throws: FichaCodeTaken.self) { try await add(stock) }
        #expect(try await store.ficha(stock.code) == stock)
        #expect(try await events().count == 1)
    }

    @Test(arguments: [
        "UPDATE ficha SET state = 'lost'", "UPDATE ficha SET router_state = 'present'",
        "UPDATE ficha SET state = 'sold', router_state = 'to_put'",
        "UPDATE ficha SET state = 'sold', router_state = 'none', sold_at_ms = 1",
        "UPDATE ficha SET state = 'active', router_state = 'present', sold_at_ms = 1",
        """
        UPDATE ficha SET state = 'active', router_state = 'present', sold_at_ms = 1, first_used_at_ms = 1,
            is_time_synced = 1
        """,
        """
        UPDATE ficha SET state = 'active', router_state = 'present', sold_at_ms = 1, first_used_at_ms = 1,
            is_time_synced = 1, expires_at_ms = 3600000
        """,
        "UPDATE ficha SET state = 'reserved'", "UPDATE ficha SET state = 'expired'",
        "UPDATE ficha SET ended_at_ms = 1", "UPDATE ficha SET sold_at_ms = 1",
        "UPDATE ficha SET state = 'voided', ended_at_ms = 1, router_state = 'to_remove'",
        "UPDATE ficha SET moves = -1", "UPDATE ficha SET used_ms = -1", "UPDATE ficha SET clock = 'libre'",
    ])
    func `a ficha that cannot be is refused`(sql: String) async throws {
        try await add(.forTests())
        await #expect(throws: DatabaseError.self) { try await database.commit { try $0.execute(sql: sql) } }
    }

    @Test func `the negative control: what can be is taken`() async throws {
        try await add(.forTests())
        try await database.commit { db in
            try db.execute(
                sql: """
                    UPDATE ficha SET state = 'active', router_state = 'present', sold_at_ms = 1, first_used_at_ms = 1,
                        is_time_synced = 1, expires_at_ms = 3600001
                    """
            )
        }
    }

    @Test(arguments: FichaQuestion.allCases) func `no question reads what is dead`(question: FichaQuestion) async throws
    {
        let plan = try await database.read { db in
            let arguments: [any DatabaseValueConvertible] = question.rawValue.filter { $0 == "?" }.map { _ in 1 }
            let rows = try Row.fetchAll(
                db,
                sql: "EXPLAIN QUERY PLAN SELECT * FROM ficha " + question.rawValue,
                arguments: StatementArguments(arguments)
            )
            return rows.map { $0["detail"] as String }
        }
        let first = try #require(plan.first)
        // All of these are partial: a dead ficha is in none of them.
        #expect(first.contains("INDEX ficha_") && !first.contains("ficha_of_batch"), "\(plan)")
    }

    @Test func `what 0.1.0 sold goes on as it was`() async throws {
        let old = try TemporaryDirectory(inMemory: true)
        let path = old.path("box.sqlite")
        let before = try DurableDatabase(path: path, migrations: [.purchases, .sync])
        for id in ["pur_a", "pur_b", "pur_c"] {
            try await PurchaseRows.insert(into: before, id: id, createdAt: FichaMoment.noon)
        }
        try await before.commit { db in
            try db.execute(
                sql: """
                    INSERT INTO ficha VALUES ('1000000001', 'pur_a', 'r1', 1, '1h', 3600, 'corrido', 'sold', 1, 2),
                        ('1000000002', 'pur_b', 'r1', 1, '1h', 3600, 'pausado', 'reserved', 1, NULL),
                        ('1000000003', 'pur_c', 'r1', 1, '1h', 3600, 'corrido', 'void', 1, NULL)
                    """
            )
        }
        try before.close()
        let after = try await BoxDatabase.open(path: path)
        let rows = try await after.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM ficha ORDER BY code").map { row in
                [row["code"], row["state"], row["router_state"], row["comment"], row["clock"]] as [String]
            }
        }
        #expect(
            rows == [
                ["1000000001", "sold", "present", "pur_a", "corrido"],
                ["1000000002", "reserved", "none", "pur_b", "pausado"],
                ["1000000003", "voided", "none", "pur_c", "corrido"],
            ]
        )
        try after.close()
    }
}
