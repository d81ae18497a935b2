import GRDB
import HTTPTypes
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// A reseller's account: what is not there is sold, what is sold is owed, what is paid is in somebody's till.
@Suite struct ResellerCorteTests {
    private static let path = "/mostrador/revendedores/rev_lupita"

    private static func run(
        in folder: TemporaryDirectory? = nil,
        _ body: @escaping @Sendable (CounterFixture, Consignment) async throws -> Void
    ) async throws {
        try await CounterFixture.run(in: folder, resellers: [CounterFixture.lupita]) { counter in
            try await body(counter, Consignment(database: counter.database))
        }
    }

    /// Counts, and gives the page that shows what it comes to.
    private static func review(_ visitor: CounterVisitor, inHand: String) async throws -> PortalAnswer {
        let page = try await visitor.get(path + "/contar?moneda=MXN")
        #expect(page.status == .ok, "\(page.body)")
        var form = ["mano0": inHand]
        for name in ["llave", "moneda", "numero", "movimientos"] {
            let value = try #require(page.value(ofInput: name))
            form[name] = value
        }
        return try await visitor.post(path + "/contar", form)
    }

    private static func form(_ review: PortalAnswer, abono: String) throws -> [String: String] {
        #expect(review.status == .ok, "\(review.body)")
        var form = ["abono": abono]
        for name in ["llave", "corte", "moneda", "numero", "movimientos", "mano0"] {
            let value = try #require(review.value(ofInput: name), "\(name)")
            form[name] = value
        }
        return form
    }

    @Test func `what is counted is shown, and settled once with what is paid`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            let batch = try await consignment.print(60, seed: 1)
            let entrega = try await consignment.handOver(50, of: batch, seed: 2)
            try await consignment.takeBack(FichasBroughtBack(numbers: 41...50), of: entrega, seed: 3)
            for code in try await consignment.codes(of: entrega).prefix(3) { try await consignment.use(code) }
            let known = try await ana.get(Self.path)
            // Three were used: 3 × ($15 − $3).
            #expect(known.body.contains("$36") && known.body.contains("No debe nada"))
            // 50 − 10 − 15 are sold: 25 × $12.
            let review = try await Self.review(ana, inHand: "15")
            for words in ["$375", "$75", "$300", "Debe $300", "Guardar corte 1"] {
                #expect(review.body.contains(words), "\(words)")
            }
            #expect(try await counter.count("reseller_corte") == 0)
            let form = try Self.form(review, abono: "$200.50")
            let answer = try await ana.post(Self.path + "/corte", form)
            let path = try #require(answer.location)
            let done = try await ana.get(path)
            for words in ["CORTE 1", "50 − 10 − 15", "20 %", "$200.50", "Debe $99.50", "Revendedor: ___"] {
                #expect(done.body.contains(words), "\(words)")
            }
            let event = try await counter.event("corte_revendedor", as: ResellerCorteEvent.self).corte
            #expect((event.number, event.previousBalanceCents, event.owedCents) == (1, 0, 30_000))
            #expect((event.abonoCents, event.balanceCents, event.cashierID) == (20_050, 9_950, "usr_ana"))
            #expect(event.tillID?.hasPrefix("til_") == true)
            let line = try #require(event.lines.first)
            #expect((line.delivered, line.returned, line.used, line.inHand) == (50, 10, 3, 15))
            #expect((line.sold, line.newSold, line.owedCents, line.commissionCents) == (25, 25, 30_000, 300))
            // Sent again; sent again with another amount.
            #expect(try await ana.post(Self.path + "/corte", form).location == path + "?repetida=1")
            let other = try await ana.post(Self.path + "/corte", form.merging(["abono": "300"]) { $1 })
            #expect(other.status == .conflict && other.body.contains("ya hizo otra cosa"))
            #expect(try await counter.count("reseller_corte") == 1)
            #expect(try await ana.get("/mostrador/revendedores").body.contains("Debe $99.50"))
            for sql in ["UPDATE reseller_corte SET abono_cents = 0", "DELETE FROM reseller_corte_line"] {
                await #expect(throws: DatabaseError.self) {
                    try await counter.database.commit { try $0.execute(sql: sql) }
                }
            }
        }
    }

    @Test func `the next corte has what was sold since, and what is paid too much is to their credit`() async throws {
        try await Self.run { counter, consignment in
            let batch = try await consignment.print(60, seed: 1)
            try await consignment.handOver(30, of: batch, seed: 2)
            try await consignment.settle(inHand: [20], abonoCents: 0, seed: 3)
            try await consignment.handOver(10, of: batch, seed: 4)
            let second = try await consignment.settle(inHand: [25], abonoCents: 30_000, seed: 5).figures
            // 10 × $12 before, 5 × $12 since.
            #expect((second.number, second.previousBalanceCents, second.owedCents) == (2, 12_000, 6_000))
            #expect(second.balanceCents == -12_000 && second.lines.map(\.sold) == [15])
            let ana = try await counter.signIn()
            #expect(try await ana.get(Self.path).body.contains("$120 a favor"))
            // Part payments without anything new are cortes as well.
            let third = try await consignment.settle(inHand: [25], abonoCents: 100, seed: 6).figures
            #expect((third.number, third.owedCents, third.balanceCents) == (3, 0, -12_100))
        }
    }

    @Test func `another rate is another line, and what was handed over keeps its own`() async throws {
        try await Self.run { counter, consignment in
            let batch = try await consignment.print(60, seed: 1)
            try await consignment.handOver(10, of: batch, seed: 2)
            let better = SiteSnapshot.Reseller(
                id: "rev_lupita",
                name: "Abarrotes Lupita",
                contact: nil,
                commissionBasisPoints: 1_555,
                routerIDs: nil
            )
            try await consignment.handOver(10, of: batch, seed: 3, to: better)
            let account = try await consignment.account()
            #expect(account.lines.map(\.commissionBasisPoints) == [1_555, 2_000])
            // 1,500 × 15.55 % is 233.25: 233 for the reseller.
            let corte = try await consignment.settle(inHand: [0, 4], abonoCents: 0, seed: 4).figures
            #expect(corte.lines.map(\.owedCents) == [12_670, 7_200])
            let ana = try await counter.signIn()
            let page = try await ana.get(Self.path + "/contar?moneda=MXN").body
            #expect(page.contains("15.55 %") && page.contains("20 %"))
        }
    }

    @Test func `more than can be in hand is refused, with the reason`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            let entrega = try await consignment.handOver(10, of: try await consignment.print(20, seed: 1), seed: 2)
            for code in try await consignment.codes(of: entrega).prefix(4) { try await consignment.use(code) }
            let page = try await Self.review(ana, inHand: "7")
            #expect(page.status == .unprocessableContent && page.body.contains("puede tener 6 a lo más"))
            #expect(page.body.contains("value=\"7\""))
            for text in ["", "-1", "x", "1.5", "1234567"] {
                let answer = try await Self.review(ana, inHand: text)
                #expect(answer.status == .unprocessableContent && answer.body.contains("cuántas le quedan"), "\(text)")
            }
            try await consignment.settle(inHand: [3], abonoCents: 0, seed: 3)
            let less = try await Self.review(ana, inHand: "4")
            #expect(less.status == .unprocessableContent && less.body.contains("puede tener 3 a lo más"))
            let form = try Self.form(try await Self.review(ana, inHand: "3"), abono: "x")
            let unpaid = try await ana.post(Self.path + "/corte", form)
            #expect(unpaid.status == .unprocessableContent && unpaid.body.contains("Escribe cuánto paga"))
            #expect(unpaid.value(ofInput: "corte") == form["corte"])
            #expect(try await counter.count("reseller_corte") == 1)
        }
    }

    @Test func `what was counted before an entrega, a devolucion or a use is counted again`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            let batch = try await consignment.print(60, seed: 1)
            let entrega = try await consignment.handOver(10, of: batch, seed: 2)
            let old = try Self.form(try await Self.review(ana, inHand: "10"), abono: "0")
            try await consignment.handOver(5, of: batch, seed: 3)
            let late = try await ana.post(Self.path + "/corte", old)
            #expect(late.status == .conflict && late.body.contains("cuenta otra vez"), "\(late.body)")
            let form = try Self.form(try await Self.review(ana, inHand: "15"), abono: "0")
            try await consignment.use(try #require(try await consignment.codes(of: entrega).first))
            let used = try await ana.post(Self.path + "/corte", form)
            #expect(used.status == .unprocessableContent && used.body.contains("puede tener 14 a lo más"))
            // Two pages at once: the second one finds that the first was heard.
            let tabs = [
                try Self.form(try await Self.review(ana, inHand: "14"), abono: "5"),
                try Self.form(try await Self.review(ana, inHand: "14"), abono: "5"),
            ]
            #expect(try await ana.post(Self.path + "/corte", tabs[0]).status == .seeOther)
            #expect(try await ana.post(Self.path + "/corte", tabs[1]).status == .conflict)
            #expect(try await counter.count("reseller_corte") == 1)
        }
    }

    @Test func `what resellers pay is in the till of who takes it, and the till balances`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            try await consignment.handOver(10, of: try await consignment.print(20, seed: 1), seed: 2)
            // Before Ana ever sold anything.
            let form = try Self.form(try await Self.review(ana, inHand: "5"), abono: "40")
            #expect(try await ana.post(Self.path + "/corte", form).status == .seeOther)
            try await counter.closeTill(ana, counted: "40")
            let first = try await counter.event("corte", as: CorteEvent.self).corte
            #expect(
                (first.expectedCents, first.abonoCount, first.abonoCents, first.differenceCents) == (4_000, 1, 4_000, 0)
            )
            _ = try await ana.sell()
            try await consignment.settle(inHand: [5], abonoCents: 1_000, seed: 3)
            try await consignment.settle(inHand: [5], abonoCents: 0, seed: 4)
            try await consignment.settle(inHand: [5], abonoCents: 250, seed: 5)
            let page = try await counter.closeTill(ana, counted: "27.50")
            #expect(page.body.contains("Cuadra") && page.body.contains("Abonos de revendedores (2)"), "\(page.body)")
            let second = try await counter.event("corte", as: CorteEvent.self).corte
            #expect((second.soldCents, second.abonoCount, second.abonoCents) == (1_500, 2, 1_250))
            // None since: nothing is said of them, as before there were resellers.
            _ = try await ana.sell()
            try await counter.closeTill(ana, counted: "15")
            let third = try await counter.event("corte", as: CorteEvent.self).corte
            #expect(third.abonoCount == nil && third.expectedCents == 1_500)
        }
    }

    private static func row(
        _ number: Int,
        from previous: Int,
        owed: Int = 100,
        abono: Int = 0,
        till: String? = nil
    ) -> String {
        let balance = previous + owed - abono
        let paid = till.map { "'til_1', \($0)" } ?? "NULL, NULL"
        return """
            INSERT INTO reseller_corte (id, reseller_id, reseller_name, currency, number, cashier_id, cashier_name, till_id,
                abono_number, previous_balance_cents, owed_cents, abono_cents, balance_cents, at_ms)
            VALUES ('crv_\(number)\(previous)', 'rev_1', 'L', 'MXN', \(number), 'usr_ana', 'Ana', \(paid), \(previous), \(owed),
                \(abono), \(balance), 1)
            """
    }

    @Test(arguments: [
        row(1, from: 5), row(2, from: 99), row(3, from: 100), row(2, from: 100, abono: 5),
        row(2, from: 100, abono: 5, till: "2"),
        row(2, from: 100, owed: -1), row(2, from: 100, abono: 0, till: "1"),
    ]) func `the table takes no corte that forgets a debt or an abono`(sql: String) async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        try await database.commit { db in
            try db.execute(sql: "INSERT INTO till VALUES ('til_1', 1, 'usr_ana')")
            try db.execute(sql: Self.row(1, from: 0))
        }
        await #expect(throws: DatabaseError.self) { try await database.commit { try $0.execute(sql: sql) } }
        try await database.commit { try $0.execute(sql: Self.row(2, from: 100, abono: 5, till: "1")) }
        // A corte de caja covers each abono once.
        let corte = """
            INSERT INTO corte (id, till_id, currency, number, cashier_name, previous_folio, last_folio, sale_count, sold_cents,
                void_count, voided_cents, counted_cents, at_ms, previous_abono, last_abono, abono_count, abono_cents)
            """
        for values in ["('c', 'til_1', 'MXN', 1, 'A', 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0)"] {
            await #expect(throws: DatabaseError.self) {
                try await database.commit { try $0.execute(sql: corte + " VALUES " + values) }
            }
        }
        try database.close()
    }

    @Test func `a crash before the answer leaves one corte, found by the same page`() async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        try await Self.run(in: folder) { counter, consignment in
            try await consignment.handOver(10, of: try await consignment.print(20, seed: 1), seed: 2)
            try await consignment.settle(inHand: [4], abonoCents: 700, seed: 3)
        }
        try await Self.run(in: folder) { counter, consignment in
            let count = ResellerCount(
                resellerID: "rev_lupita",
                resellerName: "Abarrotes Lupita",
                currency: "MXN",
                number: 1,
                movements: 1,
                inHand: [4],
                abonoCents: 700
            )
            let store = ResellerCorteStore(database: counter.database)
            let again = try await store.settle(Consignment.id(3), count, by: Consignment.ana, at: FichaMoment.noon)
            #expect(!again.isNew && again.corte.figures.balanceCents == 6 * 1_200 - 700)
            #expect(try await counter.count("reseller_corte") == 1)
        }
    }
}
