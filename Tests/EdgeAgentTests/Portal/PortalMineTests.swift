import HTTPTypes
import Purchasing
import RouterOSSimulator
import Shared
import Store
import Testing

@testable import EdgeAgent

/// *Mi ficha* and *Ya tengo una ficha* with fichas the box knows.
@Suite(.timeLimit(.minutes(1))) struct PortalMineTests {
    /// Sells a ficha for cash, on the router at once.
    private static func sell(_ portal: PortalFixture, _ ficha: Ficha = .forTests(seed: 31)) async throws -> FichaCode {
        var ficha = ficha
        try ficha.sell(at: portal.fichas.clock.moment)
        let sold = ficha
        let moment = portal.fichas.clock.moment
        try await portal.fichas.store.database.commit { try FichaStore.add(sold, at: moment, in: $0) }
        return ficha.code
    }

    @Test func `a typed code is online, and the phone sees what is left without typing it again`() async throws {
        try await PortalFixture.run { portal in
            let code = try await Self.sell(portal)
            // Nobody put it on the router yet: it is made when its owner comes.
            #expect(try await portal.post("/r/r1/ficha", ["code": code.grouped]).location == "/r/r1/en-linea")
            #expect(try await portal.get("/r/r1/en-linea").body.contains("/r/r1/mi-ficha"))
            let page = try await portal.get("/r/r1/mi-ficha")
            #expect(page.status == .ok)
            #expect(page.body.contains("59 minutos") || page.body.contains("1 hora"))
            #expect(page.body.contains("Este teléfono está en línea"))
            #expect(page.code == code)
            #expect(page.body.contains("Comprar más"))
            #expect(page.body.utf8.count < 20_000)
        }
    }

    @Test func `a phone that fell off connects again from its page`() async throws {
        try await PortalFixture.run { portal in
            let code = try await Self.sell(portal)
            _ = try await portal.post("/r/r1/ficha", ["code": code.digits])
            portal.router.signOut(try PortalFixture.phone().mac)
            let page = try await portal.get("/r/r1/mi-ficha")
            #expect(page.body.contains("Conectar este teléfono"))
            #expect(try await portal.post("/r/r1/mi-ficha/conectar").location == "/r/r1/mi-ficha")
            #expect(try await portal.get("/r/r1/mi-ficha").body.contains("Este teléfono está en línea"))
            #expect(try await portal.get("/r/r1/mi-ficha/conexion/refused").body.contains("Intentar otra vez"))
            #expect(try await portal.get("/r/r1/mi-ficha/conexion/nada").status == .notFound)
        }
    }

    @Test func `a second ficha waits for the first to end`() async throws {
        try await PortalFixture.run { portal in
            let first = try await Self.sell(portal)
            _ = try await portal.post("/r/r1/ficha", ["code": first.digits])
            let (path, bought) = try await portal.buy()
            #expect(try await portal.post(path + "/conectar").location == path + "/conexion/connected")
            #expect(portal.router.tables["/ip/hotspot/active"]?.map { $0["user"] } == [first.digits])
            let page = try await portal.get("/r/r1/mi-ficha")
            #expect(page.code == first && page.body.contains("otra ficha que empieza sola"))
            let second = try #require(bought.code)
            #expect(try await portal.fichas.store.ficha(second)?.state == .sold)
        }
    }

    @Test func `stock that nobody paid for is told apart, and works for nobody`() async throws {
        try await PortalFixture.run { portal in
            let stock = Ficha.forTests(seed: 32, batchID: "lote-1")
            let moment = portal.fichas.clock.moment
            try await portal.fichas.store.database.commit { try FichaStore.add(stock, at: moment, in: $0) }
            let page = try await portal.post("/r/r1/ficha", ["code": stock.code.digits])
            #expect(page.status == .conflict)
            #expect(page.body.contains("todavía no se vende"))
            #expect(portal.router.ledger.logins.isEmpty)
        }
    }
}
