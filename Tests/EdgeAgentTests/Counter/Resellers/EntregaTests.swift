import Foundation
import GRDB
import HTTPTypes
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// Printed fichas handed over to a reseller: once, working from then on, and nobody else's to sell.
@Suite struct EntregaTests {
    private static let path = "/mostrador/revendedores/rev_lupita"

    private static func form(_ visitor: CounterVisitor, count: String) async throws -> [String: String] {
        let page = try await visitor.get(path + "/entregar")
        #expect(page.status == .ok, "\(page.body)")
        let batch = try #require(page.body.firstMatch(of: /value="(lot_[0-9a-z]+)"/)).1
        return [
            "llave": try #require(page.value(ofInput: "llave")),
            "entrega": try #require(page.value(ofInput: "entrega")),
            "lote": String(batch), "cuantas": count,
        ]
    }

    private static func run(
        in folder: TemporaryDirectory? = nil,
        _ body: @escaping @Sendable (CounterFixture, Consignment) async throws -> Void
    ) async throws {
        try await CounterFixture.run(in: folder, resellers: [CounterFixture.lupita]) { counter in
            try await body(counter, Consignment(database: counter.database))
        }
    }

    @Test func `the next ones are handed over once, and work from then on`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            #expect(try await ana.get("/mostrador/revendedores").body.contains("Abarrotes Lupita"))
            #expect(try await ana.get(Self.path + "/entregar").body.contains("Haz un lote primero"))
            let batch = try await consignment.print(60, seed: 1)
            // Two are sold at the counter before.
            let codes = try await counter.codes()
            for code in [codes[0], codes[5]] { try await ana.sellPrinted(code) }
            let form = try await Self.form(ana, count: "50")
            #expect(form["lote"] == batch.text)
            let answer = try await ana.post(Self.path + "/entregar", form)
            let path = try #require(answer.location)
            let slip = try await ana.get(path)
            for words in [
                "Abarrotes Lupita", "50 fichas", "2–5, 7–52", "$15", "$750", "20 %", "$150", "$600", "Recibí",
            ] {
                #expect(slip.body.contains(words), "\(words)")
            }
            #expect(try await counter.count("ficha WHERE state = 'sold' AND router_state = 'to_put'") == 52)
            #expect(try await counter.count("ficha WHERE state = 'minted' AND router_state = 'none'") == 8)
            let stock = try await ana.get("/mostrador/lotes/\(batch)").body
            #expect(stock.contains("Con revendedores: <b>50</b> · Vendidas: <b>2</b>"), "\(stock)")
            // Sent again, and again with something else.
            #expect(try await ana.post(Self.path + "/entregar", form).location == path + "?repetida=1")
            #expect(try await ana.get(path + "?repetida=1").body.contains("ya estaba hecha"))
            let other = try await ana.post(Self.path + "/entregar", form.merging(["cuantas": "5"]) { $1 })
            #expect(other.status == .conflict && other.body.contains("ya hizo otra cosa"))
            #expect(try await counter.count("entrega") == 1)
            #expect(try await counter.count("entrega_ficha") == 50)
            let event = try await counter.event("entrega", as: EntregaEvent.self).entrega
            #expect((event.resellerID, event.cashierID, event.batchID) == ("rev_lupita", "usr_ana", batch.text))
            #expect((event.priceCents, event.commissionBasisPoints, event.commissionCents) == (1_500, 2_000, 300))
            #expect((event.firstNumber, event.lastNumber) == (2, 52))
            let expected = codes.prefix(52).filter { $0 != codes[0] && $0 != codes[5] }
            #expect(event.fichas.codes == expected.map(\.digits))
            // Nothing was sold yet: that is known when they are used.
            #expect(try await counter.count("venta") == 2)
            #expect(try await counter.count("outbox WHERE kind = 'entrega'") == 1)
        }
    }

    @Test func `what was handed over is not sold at the counter, whoever asks`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            let entrega = try await consignment.handOver(3, of: try await consignment.print(5, seed: 1), seed: 2)
            let codes = try await counter.codes()
            let page = try await ana.get("/mostrador/impresa?codigo=\(codes[0].digits)")
            #expect(page.status == .conflict && page.body.contains("No la cobres"))
            try await ana.sellPrinted(codes[3])
            let cash = """
                INSERT INTO venta (id, method, outcome, router_id, product_id, ficha_code, amount_cents, refunded_cents,
                    currency, at_ms) VALUES ('vta_x', 'cash', 'delivered', 'r1', 1, '\(codes[0].digits)', 1500, 0, 'MXN', 1)
                """
            let again = "INSERT INTO entrega_ficha VALUES ('\(codes[0].digits)', '\(entrega.id)', 9, NULL)"
            let sold = "INSERT INTO entrega_ficha VALUES ('\(codes[3].digits)', '\(entrega.id)', 9, NULL)"
            let statements = [
                cash, again, sold, "UPDATE entrega SET count = 2", "DELETE FROM entrega", "DELETE FROM entrega_ficha",
                "UPDATE entrega_ficha SET number = 99",
            ]
            for sql in statements {
                await #expect(throws: DatabaseError.self, "\(sql)") {
                    try await counter.database.commit { try $0.execute(sql: sql) }
                }
            }
            #expect(try await counter.count("entrega_ficha") == 3)
        }
    }

    @Test func `what cannot be handed over is refused, and nothing typed is lost`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            _ = try await consignment.print(10, seed: 1)
            for count in ["", "0", "-1", "diez", "1e3", "12345678"] {
                let answer = try await ana.post(Self.path + "/entregar", try await Self.form(ana, count: count))
                #expect(answer.status == .unprocessableContent && answer.body.contains("Escribe cuántas"), "\(count)")
            }
            for count in ["11", "999999"] {
                let form = try await Self.form(ana, count: count)
                let many = try await ana.post(Self.path + "/entregar", form)
                #expect(many.status == .conflict && many.body.contains("quedan 10 fichas"), "\(many.body)")
                #expect(many.value(ofInput: "entrega") == form["entrega"] && many.body.contains("value=\"\(count)\""))
            }
            let form = try await Self.form(ana, count: "5")
            let unknown: CounterID<Batch> = Consignment.id(9)
            for change in [["lote": "lot_x"], ["entrega": "x"], ["lote": unknown.text]] {
                let answer = try await ana.post(Self.path + "/entregar", form.merging(change) { $1 })
                #expect(answer.status == .notFound, "\(change)")
            }
            #expect(try await ana.get("/mostrador/revendedores/rev_otro").status == .notFound)
            #expect(try await ana.post("/mostrador/revendedores/rev_otro/entregar", form).status == .notFound)
            let foreign = form.merging(["llave": "x"]) { $1 }
            #expect(try await ana.post(Self.path + "/entregar", foreign).status == .forbidden)
            #expect(try await counter.count("entrega") == 0)
            #expect(try await counter.count("ficha WHERE state = 'minted'") == 10)
        }
    }

    @Test func `whoever takes no more is handed none, and what they have is still settled`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            let batch = try await consignment.print(10, seed: 1)
            let form = try await Self.form(ana, count: "5")
            try await consignment.handOver(4, of: batch, seed: 2)
            try counter.activate(try CounterFixture.site(cashiers: [CounterFixture.ana, CounterFixture.beto]))
            #expect(try await ana.post(Self.path + "/entregar", form).status == .notFound)
            #expect(try await ana.get("/mostrador/revendedores").body.contains("Ya no se le entregan fichas"))
            let page = try await ana.get(Self.path)
            #expect(page.status == .ok && page.body.contains("Hacer corte") && !page.body.contains("Entregar fichas"))
            #expect(try await counter.count("entrega") == 1)
        }
    }

    @Test func `a disk that takes nothing hands nothing over, and the same page does it later`() async throws {
        try await Self.run { counter, consignment in
            let ana = try await counter.signIn()
            _ = try await consignment.print(200, seed: 1)
            let form = try await Self.form(ana, count: "200")
            try await counter.database.commit { try $0.execute(sql: "PRAGMA max_page_count = 1") }
            let answer = try await ana.post(Self.path + "/entregar", form)
            #expect(answer.status == .serviceUnavailable && answer.body.contains("no pudo guardarlo"))
            #expect(try await counter.count("ficha WHERE state = 'sold'") == 0)
            #expect(try await counter.count("entrega") == 0)
            try await counter.database.commit { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
            #expect(try await ana.post(Self.path + "/entregar", form).status == .seeOther)
            #expect(try await counter.count("ficha WHERE state = 'sold'") == 200)
        }
    }

    @Test func `five thousand go in one commit, and the event holds each`() async throws {
        try await Self.run { counter, consignment in
            let batch = try await consignment.print(5_000, seed: 1)
            let commits = counter.database.groupCommitCount
            try await consignment.handOver(5_000, of: batch, seed: 2)
            #expect(counter.database.groupCommitCount == commits + 1)
            #expect(try await counter.count("ficha WHERE router_state = 'to_put'") == 5_000)
            let event = try await counter.event("entrega", as: EntregaEvent.self).entrega
            #expect(Set(event.fichas.codes).count == 5_000)
            #expect(try await counter.count("outbox WHERE kind = 'entrega' AND length(body) < 100000") == 1)
        }
    }
}
