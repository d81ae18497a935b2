import GRDB
import HTTPTypes
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// Fichas that come back: they work no more, are owed no more, and what was used does not come back.
@Suite struct DevolucionTests {
    private static func run(
        _ body: @escaping @Sendable (CounterFixture, Consignment, Entrega) async throws -> Void
    ) async throws {
        try await CounterFixture.run(resellers: [CounterFixture.lupita]) { counter in
            let consignment = Consignment(database: counter.database)
            let batch = try await consignment.print(20, seed: 1)
            try await consignment.handOver(5, of: batch, seed: 2)
            // Numbers 6 to 15.
            try await body(counter, consignment, try await consignment.handOver(10, of: batch, seed: 3))
        }
    }

    private static func form(
        _ visitor: CounterVisitor,
        _ entrega: Entrega,
        _ fields: [String: String]
    ) async throws -> [String: String] {
        let page = try await visitor.get("/mostrador/entregas/\(entrega.id)/devolver")
        #expect(page.status == .ok, "\(page.body)")
        let id = try #require(page.value(ofInput: "devolucion"))
        let empty = ["desde": "", "hasta": "", "codigos": "", "devolucion": id]
        return empty.merging(["llave": try #require(page.value(ofInput: "llave"))]) { $1 }.merging(fields) { $1 }
    }

    @Test func `numbers and codes come back once, and work no more`() async throws {
        try await Self.run { counter, consignment, entrega in
            let ana = try await counter.signIn()
            let path = "/mostrador/entregas/\(entrega.id)/devolver"
            let codes = try await consignment.codes(of: entrega)
            #expect(try await ana.get(path).body.contains("núm. 6–15"))
            let form = try await Self.form(
                ana,
                entrega,
                ["desde": "14", "hasta": "15", "codigos": codes[0].grouped + "\r\n" + codes[1].digits + "\n"]
            )
            let answer = try await ana.post(path, form)
            let receipt = try #require(answer.location)
            let page = try await ana.get(receipt)
            for words in ["4 fichas", "6–7, 14–15", "Abarrotes Lupita", "DEVOLUCIÓN"] {
                #expect(page.body.contains(words), "\(words)")
            }
            for index in [0, 1, 8, 9] {
                let ficha = try await counter.ficha(codes[index])
                #expect((ficha.state, ficha.routerState) == (.voided, .toRemove))
            }
            #expect(try await counter.ficha(codes[2]).state == .sold)
            let line = try #require(try await consignment.account().lines.first)
            #expect((line.delivered, line.returned, line.maximumInHand) == (15, 4, 11))
            let event = try await counter.event("devolucion", as: DevolucionEvent.self).devolucion
            #expect(event.entregaID == entrega.id.text && event.resellerID == "rev_lupita")
            #expect(event.fichas.codes == [0, 1, 8, 9].map { codes[$0].digits })
            // Sent again; sent again with more.
            #expect(try await ana.post(path, form).location == receipt + "?repetida=1")
            let more = try await ana.post(path, form.merging(["desde": "13"]) { $1 })
            #expect(more.status == .conflict && more.body.contains("ya hizo otra cosa"))
            #expect(try await counter.count("devolucion") == 1)
            // Another page for the same ones.
            let again = try await ana.post(path, try await Self.form(ana, entrega, ["desde": "14"]))
            #expect(again.status == .conflict && again.body.contains("núm. 14"))
        }
    }

    @Test func `a used one does not come back, nor do the others with it`() async throws {
        try await Self.run { counter, consignment, entrega in
            let ana = try await counter.signIn()
            let codes = try await consignment.codes(of: entrega)
            try await consignment.use(codes[3])
            let path = "/mostrador/entregas/\(entrega.id)/devolver"
            let form = try await Self.form(ana, entrega, ["desde": "6", "hasta": "15"])
            let answer = try await ana.post(path, form)
            #expect(answer.status == .conflict && answer.body.contains("núm. 9"), "\(answer.body)")
            #expect(answer.value(ofInput: "devolucion") == form["devolucion"])
            #expect(try await counter.count("devolucion") == 0)
            #expect(try await counter.count("ficha WHERE state = 'voided'") == 0)
            // Neither does the table take it.
            let sql = "UPDATE entrega_ficha SET devolucion_id = 'dev_1' WHERE code = '\(codes[3].digits)'"
            await #expect(throws: DatabaseError.self) {
                try await counter.database.commit { db in
                    try db.execute(
                        sql: "INSERT INTO devolucion VALUES ('dev_1', '\(entrega.id)', 1, 'usr_ana', 'Ana', 1)"
                    )
                    try db.execute(sql: sql)
                }
            }
        }
    }

    @Test(arguments: [
        [:], ["desde": "0"], ["desde": "15", "hasta": "6"], ["desde": "x"], ["codigos": "123"], ["codigos": "\n , \n"],
        ["desde": "5", "hasta": "7"], ["desde": "15", "hasta": "16"], ["desde": "1"], ["hasta": "99999999"],
    ]) func `what names no fichas of the entrega brings none back`(fields: [String: String]) async throws {
        try await Self.run { counter, _, entrega in
            let ana = try await counter.signIn()
            let path = "/mostrador/entregas/\(entrega.id)/devolver"
            let answer = try await ana.post(path, try await Self.form(ana, entrega, fields))
            #expect(answer.status == .unprocessableContent, "\(answer.body)")
            #expect(try await counter.count("devolucion") == 0)
        }
    }

    @Test func `what a corte had as sold does not come back`() async throws {
        try await Self.run { counter, consignment, entrega in
            try await consignment.settle(inHand: [2], abonoCents: 0, seed: 4)
            var fichas = FichasBroughtBack(numbers: 6...8)
            await #expect(throws: ResellerError.settledBefore(2)) {
                try await consignment.takeBack(fichas, of: entrega, seed: 5)
            }
            fichas.numbers = 6...7
            try await consignment.takeBack(fichas, of: entrega, seed: 5)
            #expect(try await consignment.account().lines.map(\.maximumInHand) == [0])
        }
    }

    @Test func `what is not there is not found`() async throws {
        try await Self.run { counter, _, entrega in
            let ana = try await counter.signIn()
            #expect(try await ana.get("/mostrador/entregas/\(entrega.id)").status == .ok)
            let devolucion: CounterID<Devolucion> = Consignment.id(7)
            let corte: CounterID<ResellerCorte> = Consignment.id(7)
            for path in [
                "entregas/ent_x", "entregas/x/devolver", "devoluciones/\(devolucion)", "devoluciones/x",
                "cortes-de-revendedor/\(corte)", "revendedores/rev_lupita/contar?moneda=USD", "revendedores/x/contar",
            ] {
                #expect(try await ana.get("/mostrador/" + path).status == .notFound, "\(path)")
            }
        }
    }
}
