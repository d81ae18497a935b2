import GRDB
import HTTPTypes
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// The corte de caja: counted first, shown afterwards, final.
@Suite struct CorteTests {
    private static let names = ["llave", "corte", "numero", "moneda"]

    /// The form of the page, filled in.
    private static func form(_ visitor: CounterVisitor, counted: String) async throws -> [String: String] {
        let page = try await visitor.get("/mostrador/cortes")
        var form: [String: String] = ["contado": counted, "pin": CounterFixture.pin]
        for name in names {
            let value = try #require(page.value(ofInput: name), "\(page.body)")
            form[name] = value
        }
        return form
    }

    @Test func `what is counted is said before what should be there, and then it is final`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            #expect(try await ana.get("/mostrador/cortes").body.contains("Todavía no hay ventas tuyas"))
            let (path, _) = try await ana.sell()
            for _ in 0..<2 { _ = try await ana.sell() }
            let key = try await ana.formKey()
            _ = try await ana.post(path + "/anular", ["llave": key, "motivo": "Me equivoqué"])
            let asked = try await ana.get("/mostrador/cortes").body
            #expect(!asked.contains("$30") && !asked.contains("$45"))
            let form = try await Self.form(ana, counted: "$25.50")
            let answer = try await ana.post("/mostrador/cortes", form)
            let closed = try await ana.get(try #require(answer.location))
            for words in ["1-C1", "1 a 3", "Ventas (3)", "$45", "Anuladas (1)", "$15", "$30", "$25.50", "Faltan $4.50"]
            {
                #expect(closed.body.contains(words), "\(words)")
            }
            let corte = try await counter.event("corte", as: CorteEvent.self).corte
            #expect((corte.number, corte.firstFolio, corte.lastFolio, corte.saleCount) == (1, 1, 3, 3))
            #expect((corte.expectedCents, corte.countedCents, corte.differenceCents) == (3_000, 2_550, -450))
            #expect(corte.cashierID == "usr_ana" && corte.tillID.hasPrefix("til_"))
            // Sent again, with another amount even: it is the corte it was.
            let again = try await ana.post("/mostrador/cortes", form.merging(["contado": "30"]) { $1 })
            #expect(again.location == answer.location)
            #expect(try await counter.count("corte") == 1)
            for sql in ["UPDATE corte SET counted_cents = 3000", "DELETE FROM corte"] {
                await #expect(throws: DatabaseError.self) {
                    try await counter.database.commit { try $0.execute(sql: sql) }
                }
            }
        }
    }

    @Test func `the next one begins where this one ended, and what was counted is not taken back`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            let (sold, _) = try await ana.sell()
            let tabs = [try await Self.form(ana, counted: "15"), try await Self.form(ana, counted: "15")]
            #expect(try await ana.post("/mostrador/cortes", tabs[0]).status == .seeOther)
            let other = try await ana.post("/mostrador/cortes", tabs[1])
            #expect(other.status == .conflict && other.body.contains("ya se hizo en otra página"))
            let late = try await ana.post(sold + "/anular", ["llave": try await ana.formKey(), "motivo": "x"])
            #expect(late.status == .conflict && late.body.contains("ya está en un corte"))
            for _ in 0..<2 { _ = try await ana.sell() }
            let next = try await ana.post("/mostrador/cortes", try await Self.form(ana, counted: "30"))
            let path = try #require(next.location)
            #expect(try await ana.get(path).body.contains("Cuadra"))
            let corte = try await counter.event("corte", as: CorteEvent.self).corte
            #expect((corte.number, corte.firstFolio, corte.lastFolio, corte.soldCents) == (2, 2, 3, 3_000))
            // Nothing was sold since.
            _ = try await ana.post("/mostrador/cortes", try await Self.form(ana, counted: "0"))
            let empty = try await counter.event("corte", as: CorteEvent.self).corte
            #expect((empty.number, empty.firstFolio, empty.lastFolio, empty.saleCount) == (3, 4, 3, 0))
        }
    }

    @Test(arguments: ["", "abc", "-5", "1e3", "10.555", "12345678", "1.2.3", ".50", "５", "10."])
    func `what is no amount closes nothing, and nothing typed is lost`(counted: String) async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            _ = try await ana.sell()
            let form = try await Self.form(ana, counted: counted)
            let page = try await ana.post("/mostrador/cortes", form)
            #expect(page.status == .unprocessableContent && page.body.contains("Escribe cuánto contaste"))
            #expect(page.value(ofInput: "corte") == form["corte"])
            #expect(try await counter.count("corte") == 0)
        }
    }

    @Test func `it is signed with the PIN, by the cashier of the till alone`() async throws {
        try await CounterFixture.run { counter in
            let (ana, beto) = (try await counter.signIn(), try await counter.signIn("usr_beto"))
            _ = try await ana.sell()
            let form = try await Self.form(ana, counted: "15")
            let wrong = try await ana.post("/mostrador/cortes", form.merging(["pin": "1111"]) { $1 })
            #expect(wrong.status == .unauthorized && wrong.body.contains("El PIN no es correcto"))
            #expect(wrong.value(ofInput: "contado") == nil || wrong.body.contains("value=\"15\""))
            #expect(try await counter.count("corte") == 0)
            let path = try #require(try await ana.post("/mostrador/cortes", form).location)
            #expect(try await beto.get(path).status == .notFound)
            let stolen = form.merging(["llave": try await beto.formKey()]) { $1 }
            #expect(try await beto.post("/mostrador/cortes", stolen).status == .notFound)
            #expect(try await counter.kinds() == ["venta", "corte"])
        }
    }

    private static func row(_ number: Int, from previous: Int, to last: Int) -> String {
        """
        INSERT INTO corte (id, till_id, currency, number, cashier_name, previous_folio, last_folio, sale_count, sold_cents,
            void_count, voided_cents, counted_cents, at_ms)
        VALUES ('crt_\(number)\(previous)', 'til_1', 'MXN', \(number), 'Ana', \(previous), \(last), 2, 3000, 1, 1500, 0, 1)
        """
    }

    @Test(arguments: [row(1, from: 3, to: 4), row(2, from: 4, to: 5), row(3, from: 5, to: 6), row(2, from: 5, to: 4)])
    func `the table takes no corte that leaves folios out or counts them twice`(sql: String) async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        try await database.commit { db in
            try db.execute(sql: "INSERT INTO till VALUES ('til_1', 1, 'usr_ana')")
            try db.execute(sql: Self.row(1, from: 0, to: 5))
        }
        await #expect(throws: DatabaseError.self) { try await database.commit { try $0.execute(sql: sql) } }
        try await database.commit { try $0.execute(sql: Self.row(2, from: 5, to: 5)) }
        try database.close()
    }
}
