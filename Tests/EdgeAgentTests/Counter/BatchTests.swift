import Foundation
import GRDB
import HTTPTypes
import Logging
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// Fichas that are printed first: made in the background, unique, useless before they are sold.
@Suite struct BatchTests {
    static func order(_ visitor: CounterVisitor, count: String) async throws -> PortalAnswer {
        let page = try await visitor.get("/mostrador/lotes")
        let form = [
            "llave": try #require(page.value(ofInput: "llave")), "lote": try #require(page.value(ofInput: "lote")),
            "ficha": "r1/1", "cuantas": count,
        ]
        return try await visitor.post("/mostrador/lotes", form)
    }

    static func codes(_ counter: CounterFixture) async throws -> [FichaCode] {
        try await counter.database.read { db in
            try String.fetchAll(db, sql: "SELECT code FROM ficha ORDER BY rowid").compactMap(FichaCode.init(digits:))
        }
    }

    @Test func `five thousand are made, each another, each with its event, and none is on the router`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            let path = try #require(try await Self.order(ana, count: "5,000").location)
            let store = BatchStore(database: counter.database)
            #expect(try await ana.get(path).body.contains("van <b>0</b> de 5000"))
            #expect(try await store.mintNext(at: .noon()))
            let partly = try await ana.get(path).body
            #expect(partly.contains("van <b>100</b> de 5000") && partly.contains("http-equiv=\"refresh\""))
            #expect(!partly.contains("Hojas para imprimir"))
            #expect(try await ana.get(path + "/hojas/1").status == .notFound)
            while try await store.mintNext(at: .noon()) {}
            #expect(Set(try await Self.codes(counter)).count == 5_000)
            #expect(try await counter.count("outbox") == 5_000)
            let idle = "ficha WHERE state = 'minted' AND router_state = 'none' AND sold_at_ms IS NULL"
            #expect(try await counter.count(idle) == 5_000)
            let done = try await ana.get(path).body
            #expect(done.contains("Sin vender: <b>5000</b>") && !done.contains("refresh"))
            // Ten sheets of 27 in each part.
            let part = try await ana.get(path + "/hojas/18?papel=a4").body
            #expect(part.matches(of: /<article class="cell">/).count == 270 && part.contains("@page{size:a4"))
            #expect(part.matches(of: /<section>/).count == 10)
            let last = try await ana.get(path + "/hojas/19").body
            #expect(last.matches(of: /<article class="cell">/).count == 140 && last.contains("Núm. 5000<"))
            let lastCode = try #require(try await Self.codes(counter).last)
            #expect(last.contains(">\(lastCode.grouped)<") && last.contains("@page{size:letter"))
            for wrong in ["/hojas/20", "/hojas/0", "/hojas/-1", "/hojas/1?papel=58", "/hojas/9223372036854775807"] {
                #expect(try await ana.get(path + wrong).status == .notFound, "\(wrong)")
            }
            #expect(try await counter.count("counter_sale") == 0)
        }
    }

    @Test func `a batch that a crash cut off goes on where it stopped`() async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        for round in 1...3 {
            try await CounterFixture.run(in: folder) { counter in
                let store = BatchStore(database: counter.database)
                if round == 1 { _ = try await Self.order(try await counter.signIn(), count: "250") }
                _ = try await store.mintNext(at: .noon())
                let expected = min(250, round * BatchStore.chunk)
                #expect(try await counter.count("ficha") == expected)
                #expect(try await counter.count("batch WHERE minted = \(expected)") == 1)
            }
        }
    }

    @Test func `the runner makes what is ordered, and goes on when a full disk has room again`() async throws {
        try await CounterFixture.run { counter in
            let clock = TestClock()
            let database = counter.database
            _ = try await Self.order(try await counter.signIn(), count: "150")
            try await database.commit { try $0.execute(sql: "PRAGMA max_page_count = 1") }
            let runner = BatchRunner(
                store: BatchStore(database: database),
                moment: { .noon() },
                clock: clock,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let running = Task { try await runner.run() }
            await clock.waitForSleepers(1)
            #expect(try await counter.count("ficha") == 0)
            #expect(try await counter.count("batch WHERE minted = 0") == 1)
            try await database.commit { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
            clock.advance(by: .seconds(30))
            await clock.waitForSleepers(1)
            #expect(try await counter.count("ficha") == 150)
            running.cancel()
            try await running.value
        }
    }

    @Test func `a form sent twice is one batch, and what is no number of fichas is none`() async throws {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            for count in ["", "0", "5001", "-1", "diez", "1e3", "99999999999999999999"] {
                let answer = try await Self.order(ana, count: count)
                #expect(answer.status == .unprocessableContent && answer.body.contains("de 1 a 5000"), "\(count)")
            }
            let page = try await ana.get("/mostrador/lotes")
            let form = [
                "llave": page.value(ofInput: "llave") ?? "", "lote": page.value(ofInput: "lote") ?? "",
                "ficha": "r1/1", "cuantas": "20",
            ]
            let paths = [try await ana.post("/mostrador/lotes", form), try await ana.post("/mostrador/lotes", form)]
            #expect(paths[0].location == paths[1].location && paths[0].status == .seeOther)
            #expect(try await counter.count("batch") == 1)
            let beto = try await counter.signIn("usr_beto")
            let stolen = form.merging(["llave": try await beto.formKey()]) { $1 }
            #expect(try await beto.post("/mostrador/lotes", stolen).status == .notFound)
            for shelf in ["r1/9", "r9/1", "r1", "", "r1/1/1"] {
                let other = form.merging(["ficha": shelf, "lote": page.value(ofInput: "lote") ?? ""]) { $1 }
                #expect(try await ana.post("/mostrador/lotes", other).status == .notFound)
            }
        }
    }

    @Test func `a printed ficha is sold once, for the price it was printed with, and works from then on`() async throws
    {
        try await CounterFixture.run { counter in
            let ana = try await counter.signIn()
            _ = try await Self.order(ana, count: "2")
            _ = try await BatchStore(database: counter.database).mintNext(at: .noon())
            let codes = try await Self.codes(counter)
            try counter.activate(
                try CounterFixture.site(cashiers: [CounterFixture.ana, CounterFixture.beto], priceCents: 9_900)
            )
            let page = try await ana.get("/mostrador/impresa?codigo=" + codes[0].grouped.replacing(" ", with: "+"))
            #expect(page.body.contains("Cobrar $15"), "\(page.body)")
            let form = try ["llave", "venta", "codigo"].reduce(into: [String: String]()) { form, name in
                let value = try #require(page.value(ofInput: name))
                form[name] = value
            }
            let slip = try #require(try await ana.post("/mostrador/impresa", form).location)
            #expect(try await ana.get(slip).code == codes[0])
            #expect(try await ana.post("/mostrador/impresa", form).location == slip + "?repetida=1")
            // The page of one ficha with the code of another.
            let mixed = try await ana.post("/mostrador/impresa", form.merging(["codigo": codes[1].digits]) { $1 })
            #expect(mixed.status == .conflict && mixed.body.contains("Esta no se vendió"))
            #expect(try await counter.ficha(codes[1]).state == .minted)
            let sold = try await counter.ficha(codes[0])
            #expect((sold.state, sold.routerState) == (.sold, .toPut))
            #expect(try await counter.kinds() == ["ficha", "ficha", "venta"])
            // Another page for the same ficha, of another cashier even.
            let beto = try await counter.signIn("usr_beto")
            let again = try await beto.get("/mostrador/impresa?codigo=\(codes[0].digits)")
            #expect(again.status == .conflict && again.body.contains("No la cobres"))
            var other = form.merging(["llave": try await beto.formKey()]) { $1 }
            var generator = SystemRandomNumberGenerator()
            other["venta"] = SaleID(using: &generator).text
            #expect(try await beto.post("/mostrador/impresa", other).status == .conflict)
            let nobody = try await ana.get("/mostrador/impresa?codigo=\(codes[1].digits.dropLast())0")
            #expect([.unprocessableContent, .ok].contains(nobody.status))
            #expect(try await ana.get("/mostrador/impresa?codigo=123").body.contains("Ninguna ficha impresa"))
            #expect(try await counter.count("counter_sale") == 1)
        }
    }

    @Test func `a printed ficha past its date is not sold`() async throws {
        try await CounterFixture.run { counter in
            let cashier = try #require(counter.inForce.site.snapshot.cashier("usr_ana"))
            var generator = SplitMix64(seed: 3)
            let store = BatchStore(database: counter.database)
            try await store.order(
                Batch(
                    id: CounterID(using: &generator),
                    routerID: "r1",
                    product: .ficha(),
                    count: 1,
                    minted: 0,
                    sellBy: FichaMoment.noon + .seconds(60),
                    cashierID: "usr_ana",
                    cashierName: "Ana",
                    createdAt: FichaMoment.noon
                )
            )
            _ = try await store.mintNext(at: .noon())
            let code = try #require(try await Self.codes(counter).first)
            let sales = CounterStore(database: counter.database)
            #expect(try await sales.printed(code, for: cashier, at: .noon()).state == .minted)
            let id = SaleID(using: &generator)
            await #expect(throws: CounterError.notForSale) {
                _ = try await sales.sellPrinted(id, code: code, by: cashier, at: .noon(plus: .seconds(60)))
            }
        }
    }
}
