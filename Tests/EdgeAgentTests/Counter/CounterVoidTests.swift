import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// Taking a sale back, and printing its slip again.
@Suite struct CounterVoidTests {
    private static func void(
        _ path: String,
        by visitor: CounterVisitor,
        reason: String = "Me equivoqué de ficha",
        details: String = ""
    ) async throws -> PortalAnswer {
        let key = try await visitor.formKey()
        return try await visitor.post(path + "/anular", ["llave": key, "motivo": reason, "detalle": details])
    }

    @Test func `within ten minutes the ficha ends, the cash goes back, and the centre hears of both`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            let (path, slip) = try await ana.sell()
            counter.time.pass(CounterSale.voidWindow)
            #expect(try await ana.get(path + "/anular").body.contains("devuelves <b>$15</b>"))
            #expect(try await Self.void(path, by: ana, details: " era de\n 24 h ").location == path)
            let ficha = try await counter.ficha(slip.code)
            #expect((ficha.state, ficha.routerState) == (.voided, .toRemove))
            #expect(try await counter.kinds() == ["venta", "ficha", "void"])
            let void = try await counter.event("void", as: VoidEvent.self).void
            #expect(path.hasSuffix(void.ventaID) && void.cashierID == "usr_ana" && void.amountCents == 1_500)
            #expect(void.reason == "Me equivoqué de ficha: era de 24 h")
            let page = try await ana.get(path)
            #expect(page.body.contains("<b>ANULADA.</b>") && !page.body.contains("imprimir\""))
            let home = try await ana.get("/mostrador").body
            #expect(home.contains("Hoy: <b>0</b> ventas · <b>$0</b>") && home.contains("<em>Anulada</em>"))
            // The form is sent once more.
            #expect(try await Self.void(path, by: ana).location == path)
            #expect(try await counter.kinds() == ["venta", "ficha", "void"])
            #expect(try await ana.get(path + "/anular").status == .conflict)
            // The folio stays used.
            #expect(try await ana.sell().slip.body.contains("1-000002"))
        }
    }

    @Test func `what was used, is too old, or has no reason stays sold`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            let (path, slip) = try await ana.sell()
            let mute = try await Self.void(path, by: ana, reason: " ", details: "\n")
            #expect(mute.status == .unprocessableContent && mute.body.contains("Escribe por qué"))
            #expect(try await Self.void(path, by: ana, details: String(repeating: "x", count: 200)).status.code == 422)
            let code = try #require(slip.code)
            try await FichaStore(database: counter.database).change(code, at: .noon()) {
                try $0.use(on: .phone(1), sessionTime: .zero, at: .noon())
            }
            let used = try await Self.void(path, by: ana)
            #expect(used.status == .conflict && used.body.contains("ya se usó"))
            let (later, _) = try await ana.sell()
            counter.time.pass(CounterSale.voidWindow + .milliseconds(1))
            let late = try await Self.void(later, by: ana)
            #expect(try await !ana.get(later).body.contains("/anular"))
            #expect(late.status == .conflict && late.body.contains("Ya pasaron 10 minutos"))
            #expect(try await !counter.kinds().contains("void"))
            #expect(try await ana.get("/mostrador").body.contains("Hoy: <b>2</b> ventas · <b>$30</b>"))
            #expect(try await !ana.get("/mostrador").body.contains("Anular</a>"))
        }
    }

    @Test func `a slip printed again says so`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            let (path, _) = try await ana.sell()
            let key = try await ana.formKey()
            for number in 1...2 {
                let again = try await ana.post(path + "/reimprimir", ["llave": key, "copia": "\(number)"])
                #expect(again.location == path + "/boleto")
                #expect(try await ana.get(path + "/boleto").body.contains("REIMPRESIÓN"))
                #expect(try await ana.get(path).body.contains("Reimpresiones: \(number)"))
            }
            #expect(try await ana.post(path + "/reimprimir", [:]).status == .forbidden)
            #expect(try await counter.kinds() == ["venta"])
        }
    }

    @Test func `the last ten are shown, the newest first`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            for _ in 0..<12 { _ = try await ana.sell() }
            let home = try await ana.get("/mostrador").body
            #expect(home.components(separatedBy: "folio 1-").count == 11)
            let newest = try #require(home.range(of: "1-000012")?.lowerBound)
            let oldest = try #require(home.range(of: "1-000003")?.lowerBound)
            #expect(newest < oldest)
            #expect(!home.contains("1-000002"))
            #expect(home.utf8.count < 20_000, "\(home.utf8.count)")
        }
    }
}
