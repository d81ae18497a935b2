import GRDB
import HTTPTypes
import Purchasing
import Shared
import Store
import Synchronization
import TestSupport
import Testing

@testable import EdgeAgent

/// Selling for cash, from the button to the disk, with the router and the centre away.
@Suite struct CounterSaleTests {
    @Test func `two taps sell: the ficha, the folio and the news for the centre are one`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            let home = try await ana.get("/mostrador")
            #expect(home.body.contains("href=\"\(CounterVisitor.hour)\"") && home.body.contains("Hoy: <b>0</b>"))
            let (path, slip) = try await ana.sell()
            #expect(slip.status == .ok && path.hasPrefix("/mostrador/ventas/vta_"))
            for words in ["1-000001", "$15", "1 hora", "Ana", "15/01/2027 02:00", "El router no responde ahora"] {
                #expect(slip.body.contains(words), "\(words)")
            }
            #expect(!slip.body.contains("REIMPRESIÓN") && !slip.body.contains("ya estaba hecha"))
            let ficha = try await counter.ficha(slip.code)
            #expect((ficha.state, ficha.routerState, ficha.purchaseID) == (.sold, .toPut, nil))
            #expect(ficha.soldAt == FichaMoment.noon && ficha.comment.text.hasPrefix("fic_"))
            #expect(try await counter.kinds() == ["venta"])
            let venta = try await counter.event("venta", as: VentaEvent.self).venta
            #expect((venta.method, venta.outcome, venta.amountCents, venta.folio) == ("cash", .delivered, 1_500, 1))
            #expect(venta.fichaCode == ficha.code.digits && venta.cashierID == "usr_ana")
            #expect(path.hasSuffix(venta.id) && venta.tillID?.hasPrefix("til_") == true)
            let after = try await ana.get("/mostrador")
            #expect(after.body.contains("Hoy: <b>1</b> venta · <b>$15</b>"))
            #expect(after.body.contains("folio 1-000001 · \(ficha.code.grouped)"))
        }
    }

    @Test func `a page sent twice, at once or much later, is one sale`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            // What `no-store` forbids a browser to show again, it asks for anew when somebody goes back.
            #expect(try await ana.get(CounterVisitor.hour).headers[.cacheControl] == "private, max-age=0")
            let form = try await ana.chargeForm()
            async let first = ana.post(CounterVisitor.hour, form)
            async let second = ana.post(CounterVisitor.hour, form)
            let places = [try await first, try await second].map { $0.location?.split(separator: "?").first }
            #expect(places[0] == places[1])
            counter.time.pass(.seconds(1_000))
            // Meanwhile it costs more, or is not sold any more.
            for site in [
                try CounterFixture.site(cashiers: [CounterFixture.ana], priceCents: 2_000),
                try CounterFixture.site(cashiers: [CounterFixture.ana], sellsHours: false),
            ] {
                try counter.activate(site)
                let third = try await ana.post(CounterVisitor.hour, form)
                let path = try #require(third.location)
                #expect(path.hasSuffix("?repetida=1"))
                #expect(try await ana.get(path).body.contains("Esta venta ya estaba hecha"))
            }
            #expect(try await counter.count("counter_sale") == 1)
            #expect(try await counter.count("ficha") == 1)
            #expect(try await counter.kinds() == ["venta"])
        }
    }

    @Test func `two tabs are two sales, and folios have no gap`() async throws {
        try await CounterFixture.run { counter in
            let (ana, beto) = (try await counter.signIn(), try await counter.signIn("usr_beto", from: "192.168.1.11"))
            let forms = [try await ana.chargeForm(), try await ana.chargeForm()]
            for form in forms { #expect(try await ana.post(CounterVisitor.hour, form).status == .seeOther) }
            _ = try await beto.sell()
            let (_, slip) = try await ana.sell()
            #expect(slip.body.contains("1-000003"))
            #expect(try await beto.get("/mostrador").body.contains("2-000001"))
            #expect(try await beto.get("/mostrador").body.contains("1-00000") == false)
        }
    }

    @Test func `after a kill between the commit and the answer the page finds its sale`() async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let sold = Mutex(0)
        var generator = SplitMix64(seed: 5)
        let id = SaleID(using: &generator)
        let code = FichaCode(using: &generator)
        let comment = RouterComment(using: &generator)
        for _ in 0..<3 {
            try await CounterFixture.run(in: folder) { counter in
                let cashier = try #require(counter.inForce.site.snapshot.cashier("usr_ana"))
                let order = CounterOrder(id: id, cashier: cashier, routerID: "r1", product: .ficha())
                let store = CounterStore(database: counter.database)
                let (sale, isNew) = try await store.sell(order, code: code, comment: comment, at: .noon())
                if isNew { sold.withLock { $0 += 1 } }
                #expect((sale.folio, sale.ficha.code) == (1, code))
                // As the browser does it, signed in again.
                let ana = try await counter.signIn()
                let key = try await ana.formKey()
                let form = ["llave": key, "venta": id.text, "precio": "1500"]
                let path = try #require(try await ana.post(CounterVisitor.hour, form).location)
                #expect(try await ana.get(path).code == code)
                #expect(try await counter.kinds() == ["venta"])
            }
        }
        #expect(sold.withLock { $0 } == 1)
    }

    @Test func `a price that changed is shown before anything is sold`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            let form = try await ana.chargeForm()
            try counter.activate(try CounterFixture.site(cashiers: [CounterFixture.ana], priceCents: 1_800))
            let page = try await ana.post(CounterVisitor.hour, form)
            #expect(page.status == .conflict && page.body.contains("El precio acaba de cambiar"))
            #expect(page.body.contains("Cobrar $18"))
            #expect(try await counter.count("counter_sale") == 0)
            let again: [String: String] = ["llave", "venta", "precio"].reduce(into: [:]) {
                $0[$1] = page.value(ofInput: $1)
            }
            #expect(try await ana.post(CounterVisitor.hour, again).status == .seeOther)
            #expect(try await counter.event("venta", as: VentaEvent.self).venta.amountCents == 1_800)
        }
    }

    @Test func `a full disk sells nothing, says so, and the same page sells when there is room`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            try await counter.database.commit { try $0.execute(sql: "PRAGMA max_page_count = 1") }
            var (sold, refused): (Int, PortalAnswer?) = (0, nil)
            var form: [String: String] = [:]
            while refused == nil, sold < 500 {
                form = try await ana.chargeForm()
                let answer = try await ana.post(CounterVisitor.hour, form)
                if answer.status == .seeOther { sold += 1 } else { refused = answer }
            }
            let page = try #require(refused)
            #expect(page.status == .serviceUnavailable && page.body.contains("el disco puede estar lleno"))
            for table in ["counter_sale", "venta", "ficha", "outbox"] {
                #expect(try await counter.count(table) == sold, "\(table)")
            }
            try await counter.database.commit { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
            #expect(try await ana.post(CounterVisitor.hour, form).status == .seeOther)
            #expect(try await counter.count("counter_sale") == sold + 1)
        }
    }

    @Test func `a form without the session's key, or with a foreign one, sells nothing`() async throws {
        try await CounterFixture.run { counter in
            let (ana, beto) = (try await counter.signIn(), try await counter.signIn("usr_beto"))
            var form = try await ana.chargeForm()
            for key in [nil, "", try await beto.formKey()] {
                form["llave"] = key
                let answer = try await ana.post(CounterVisitor.hour, form)
                #expect(answer.status == .forbidden && answer.body.contains("ya no es de tu sesión"))
            }
            #expect(try await counter.count("counter_sale") == 0)
        }
    }

    @Test func `what a cashier may not sell does not exist`() async throws {
        let elsewhere = #"{"id":"usr_cely","name":"Cely","pin_hash":"\#(CounterFixture.hash)","router_ids":[]}"#
        try await CounterFixture.run(cashiers: [CounterFixture.ana, elsewhere]) { counter in
            let (ana, cely) = (try await counter.signIn(), try await counter.signIn("usr_cely"))
            #expect(try await cely.get("/mostrador").body.contains("no hay fichas a la venta"))
            #expect(try await cely.get(CounterVisitor.hour).status == .notFound)
            var form = try await ana.chargeForm()
            form["llave"] = try await cely.formKey()
            #expect(try await cely.post(CounterVisitor.hour, form).status == .notFound)
            for path in ["/mostrador/r/r1/cobrar/2", "/mostrador/r/r9/cobrar/1", "/mostrador/ventas/vta_x"] {
                #expect(try await ana.get(path).status == .notFound, "\(path)")
            }
            for id in ["", "vta_", "pur_\(String(repeating: "0", count: 26))"] {
                form["venta"] = id
                form["llave"] = try await ana.formKey()
                #expect(try await ana.post(CounterVisitor.hour, form).status == .notFound)
            }
            #expect(try await counter.count("counter_sale") == 0)
        }
    }

    @Test func `a cashier sees only their own till`() async throws {
        try await CounterFixture.run { counter in
            let (ana, beto) = (try await counter.signIn(), try await counter.signIn("usr_beto"))
            let form = try await ana.chargeForm()
            let path = try #require(try await ana.post(CounterVisitor.hour, form).location)
            let key = try await beto.formKey()
            for answer in [
                try await beto.get(path), try await beto.get(path + "/anular"),
                try await beto.post(path + "/anular", ["llave": key, "motivo": "x"]),
                try await beto.get(path + "/boleto"),
                try await beto.post(path + "/reimprimir", ["llave": key, "copia": "1"]),
                try await beto.post(CounterVisitor.hour, form.merging(["llave": key]) { $1 }),
            ] {
                #expect(answer.status == .notFound)
                #expect(answer.code == nil)
            }
            #expect(try await counter.kinds() == ["venta"])
        }
    }

    @Test func `with a clock that nobody has set it sells, and the slip does not make up a date`() async throws {
        try await CounterFixture.run { counter in
            counter.noon.value.withLock { $0 = Timestamp(seconds: 60) }
            let ana = try await counter.signIn()
            let (path, slip) = try await ana.sell()
            let paper = try await ana.get(path + "/boleto").body
            #expect(paper.contains("fecha sin") && !paper.contains("1970"))
            #expect(slip.body.contains("fecha sin confirmar") && !slip.body.contains("1970"))
            #expect(slip.code != nil)
        }
    }

    @Test func `yesterday's cash is not today's`() async throws {
        try await CounterFixture.run { counter in
            // 02:00 in Mexico City.
            let ana = try await counter.signIn()
            _ = try await ana.sell()
            counter.time.pass(.seconds(22 * 3_600 - 1))
            let late = try await counter.signIn()
            #expect(try await late.get("/mostrador").body.contains("Hoy: <b>1</b>"))
            counter.time.pass(.seconds(1))
            #expect(try await late.get("/mostrador").body.contains("Hoy: <b>0</b> ventas · <b>$0</b>"))
        }
    }
}
