import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// From *Cobrar* to the paper of a printer on the network, and what the sale's page knows of it.
@Suite(.timeLimit(.minutes(1))) struct CounterSlipTests {
    /// The only printer of the site, listening on a port of this machine.
    private static func printers(_ port: UInt16, drawer: Bool = false) -> String {
        #"""
        "slips":{"wifi_name":"Plaza","lines":["¡Gracias!"],"logo_pbm":"UDQgOCAxIP8="},
        "printers":[{"id":"p1","name":"Caja","address":"127.0.0.1:\#(port)","paper":"58","opens_drawer":\#(drawer)}]
        """#
    }

    private static func run(
        _ manner: FakePrinter.Manner,
        drawer: Bool = false,
        _ body: @escaping @Sendable (CounterFixture, FakePrinter) async throws -> Void
    ) async throws {
        let fake = try FakePrinter(manner)
        defer { fake.stop() }
        try await CounterFixture.run(more: printers(fake.port, drawer: drawer)) { try await body($0, fake) }
    }

    /// What a printer has put on its nth paper.
    private static func paper(_ number: Int, of fake: FakePrinter) async throws -> PrintedPaper {
        await fake.ends.reaches(number)
        return try PrintedPaper(fake.jobs[number - 1])
    }

    private static func isMarked(_ paper: PrintedPaper) -> Bool {
        paper.lines.contains { $0.text.contains("REIMPR") }
    }

    @Test func `a sale prints its slip by itself, once, and opens the drawer`() async throws {
        try await Self.run(.answers(0), drawer: true) { counter, fake in
            let ana = try await counter.signIn()
            let form = try await ana.chargeForm()
            let path = try #require(try await ana.post(CounterVisitor.hour, form).location)
            let page = try await ana.get(path)
            #expect(page.body.contains("Impreso en «Caja».") && !page.body.contains("refresh"))
            let code = try #require(page.code)
            let paper = try await Self.paper(1, of: fake)
            let text = paper.lines.map(\.text).joined(separator: "\n")
            for words in [
                code.grouped, "$15", "Folio 000001 · 15 ene 2027 02:00", "Plaza", "Caja 1 · Atendió Ana", "¡Gracias!",
            ] {
                #expect(text.contains(words), "\(words) in \(text)")
            }
            #expect(paper.codes.map(\.text) == ["http://10.5.50.2:8080/r/r1/ficha?code=\(code.digits)"])
            #expect((paper.drawerOpenings, paper.cuts, paper.pictures.count) == (1, 1, 1))
            #expect(!Self.isMarked(paper))
            // The same page again, and the button that is not there.
            let again = try #require(try await ana.post(CounterVisitor.hour, form).location)
            #expect(try await ana.get(again).body.contains("ni se imprime otra vez"))
            #expect(try await ana.post(path + "/imprimir", ["llave": try await ana.formKey()]).location == path)
            _ = try await ana.sell()
            let next = try await Self.paper(2, of: fake)
            #expect(next.lines.contains { $0.text.hasPrefix("Folio 000002") })
            #expect(fake.jobs.count == 2)
        }
    }

    @Test func `a reprint says so, is counted, and comes once for each time a page asks`() async throws {
        try await Self.run(.answers(0), drawer: true) { counter, fake in
            let ana = try await counter.signIn()
            let (path, page) = try await ana.sell()
            let form = [
                "llave": try #require(page.value(ofInput: "llave")),
                "copia": try #require(page.value(ofInput: "copia")),
            ]
            #expect(try await ana.post(path + "/reimprimir", form).location == path)
            #expect(try await ana.post(path + "/reimprimir", form).location == path + "?reimpresa=1")
            #expect(try await ana.get(path + "?reimpresa=1").body.contains("no se imprimió otra"))
            for copy in ["", "0", "-9223372036854775808", "9223372036854775807"] {
                let other = form.merging(["copia": copy]) { $1 }
                #expect(try await ana.post(path + "/reimprimir", other).location != path)
            }
            let after = try await ana.get(path)
            #expect(after.body.contains("Reimpresiones: 1") && after.value(ofInput: "copia") == "2")
            _ = try await ana.sell()
            let papers = [try await Self.paper(2, of: fake), try await Self.paper(3, of: fake)]
            #expect(Self.isMarked(papers[0]) && !Self.isMarked(papers[1]))
            #expect(papers[0].drawerOpenings == 0 && papers[0].codes.count == 1)
            // The browser knows as well that there is one already.
            #expect(try await ana.get(path + "/boleto?papel=80").body.contains("REIMPRESIÓN"))
        }
    }

    @Test func `with the printer away the sale is made, and its slip comes later, once, as the first it is`()
        async throws
    {
        let nobody = try LoopbackSocket(.refuses)
        let fake = try FakePrinter(.answers(0))
        defer { fake.stop() }
        try await CounterFixture.run(more: Self.printers(nobody.port, drawer: true)) { counter in
            let ana = try await counter.signIn()
            let (path, page) = try await ana.sell()
            #expect(page.body.contains("No se imprimió.") && page.body.contains("No se alcanzó «Caja»"))
            #expect(page.code != nil && page.body.contains("Imprimir otra vez"))
            #expect(try await counter.kinds() == ["venta"])
            let cashiers = [CounterFixture.ana, CounterFixture.beto]
            try counter.activate(try CounterFixture.site(cashiers: cashiers, more: Self.printers(fake.port)))
            let form = ["llave": try await ana.formKey()]
            async let first = ana.post(path + "/imprimir", form)
            async let second = ana.post(path + "/imprimir", form)
            #expect([try await first.location, try await second.location] == [path, path])
            #expect(try await ana.get(path).body.contains("Impreso en"))
            let paper = try await Self.paper(1, of: fake)
            #expect(!Self.isMarked(paper) && paper.drawerOpenings == 0)
            _ = try await ana.sell()
            #expect(try await Self.paper(2, of: fake).lines.contains { $0.text.hasPrefix("Folio 000002") })
            #expect(try await counter.count("counter_sale WHERE reprints > 0") == 0)
        }
    }

    @Test func `a printer that does not answer delays neither the sale nor, for long, its page`() async throws {
        let deaf = try LoopbackSocket(.ignores)
        try await CounterFixture.run(more: Self.printers(deaf.port)) { counter in
            let ana = try await counter.signIn()
            let path = try #require(try await ana.post(CounterVisitor.hour, try await ana.chargeForm()).location)
            async let early = ana.get(path)
            // The printer's time, and the page's.
            await counter.clock.waitForSleepers(2)
            counter.clock.advance(by: SlipDesk.patience)
            let page = try await early
            #expect(page.body.contains("Imprimiendo…") && page.body.contains("http-equiv=\"refresh\""))
            #expect(page.code != nil && !page.body.contains("/imprimir") && !page.body.contains("/reimprimir"))
            counter.clock.advance(by: PrintJob.connectLimit)
            #expect(try await ana.get(path).body.contains("No se alcanzó «Caja»"))
            #expect(try await counter.count("counter_sale") == 1)
        }
        withExtendedLifetime(deaf) {}
    }

    @Test func `of a printer that takes all and says nothing nobody knows, and another slip is a reprint`() async throws
    {
        try await Self.run(.isMute) { counter, fake in
            let ana = try await counter.signIn()
            let path = try #require(try await ana.post(CounterVisitor.hour, try await ana.chargeForm()).location)
            // Connecting, sending, waiting for the answer.
            await counter.clock.waitForSleepers(3)
            counter.clock.advance(by: PrintJob.answerLimit)
            let page = try await ana.get(path)
            #expect(page.body.contains("No se sabe si se imprimió.") && page.body.contains("Mira la impresora"))
            #expect(page.body.contains("/reimprimir") && !page.body.contains("/imprimir\""))
            #expect(try await ana.post(path + "/imprimir", ["llave": try await ana.formKey()]).location == path)
            fake.behave(.answers(0))
            let form = ["llave": try await ana.formKey(), "copia": "1"]
            _ = try await ana.post(path + "/reimprimir", form)
            #expect(try await ana.get(path).body.contains("Impreso en"))
            #expect(Self.isMarked(try await Self.paper(2, of: fake)))
        }
    }

    @Test(arguments: [
        (UInt8(3), "Queda poco papel."), (0x0C, "se le acabó el papel. Mira la impresora"),
    ])
    func `what a printer says of its paper is told`(status: UInt8, words: String) async throws {
        try await Self.run(.answers(status)) { counter, _ in
            let (_, page) = try await (try await counter.signIn()).sell()
            #expect(page.body.contains(words))
        }
    }

    @Test func `nobody prints another till's slip, or one of a sale that was taken back`() async throws {
        try await Self.run(.answers(0)) { counter, fake in
            let (ana, beto) = (try await counter.signIn(), try await counter.signIn("usr_beto"))
            let (path, _) = try await ana.sell()
            let form = ["llave": try await beto.formKey(), "copia": "1"]
            for answer in [
                try await beto.get(path + "/boleto"), try await beto.post(path + "/imprimir", form),
                try await beto.post(path + "/reimprimir", form),
            ] {
                #expect(answer.status == .notFound && answer.code == nil)
            }
            let own = ["llave": try await ana.formKey(), "copia": "1", "motivo": "x"]
            #expect(try await ana.post(path + "/imprimir", own.merging(["llave": "x"]) { $1 }).status == .forbidden)
            #expect(try await ana.post(path + "/reimprimir", own.merging(["llave": "x"]) { $1 }).status == .forbidden)
            #expect(try await ana.post(path + "/anular", own).location == path)
            for answer in [
                try await ana.get(path + "/boleto"), try await ana.post(path + "/imprimir", own),
                try await ana.post(path + "/reimprimir", own),
            ] {
                #expect(answer.status == .conflict && answer.body.contains("ya está anulada"))
            }
            _ = try await ana.sell()
            _ = try await Self.paper(2, of: fake)
            #expect(fake.jobs.count == 2)
        }
    }

    @Test func `a ficha that was printed before opens the drawer and gets no other paper`() async throws {
        try await Self.run(.answers(0), drawer: true) { counter, fake in
            let ana = try await counter.signIn()
            _ = try await BatchTests.order(ana, count: "1")
            _ = try await BatchStore(database: counter.database).mintNext(at: .noon())
            let code = try #require(try await BatchTests.codes(counter).first)
            let page = try await ana.get("/mostrador/impresa?codigo=" + code.digits)
            let form = try ["llave", "venta", "codigo"].reduce(into: [String: String]()) { form, name in
                let value = try #require(page.value(ofInput: name))
                form[name] = value
            }
            let path = try #require(try await ana.post("/mostrador/impresa", form).location)
            #expect(try await ana.get(path).body.contains("entrega su papel"))
            let paper = try await Self.paper(1, of: fake)
            #expect((paper.drawerOpenings, paper.lines.count, paper.cuts) == (1, 0, 0))
            #expect(try await ana.get(path + "/boleto").body.contains("REIMPRESIÓN"))
        }
    }

    // MARK: Where slips come out

    @Test func `a cashier chooses for their session, among what the site has`() async throws {
        let two = #"""
            "printers":[{"id":"p1","name":"Caja","address":"10.0.0.5","paper":"58"},
              {"id":"p2","name":"Bodega","address":"10.0.0.6:9101","paper":"80"}]
            """#
        try await CounterFixture.run(more: two) { counter in
            let (ana, beto) = (try await counter.signIn(), try await counter.signIn("usr_beto"))
            #expect(try await ana.get("/mostrador").body.contains("Boletos: Este aparato · 58 mm"))
            let page = try await ana.get("/mostrador/salida").body
            for name in [
                "Impresora Caja", "Impresora Bodega", "Este aparato · 80 mm", "Este aparato · Carta",
                "Este aparato · A4",
            ] {
                #expect(page.contains(name), "\(name)")
            }
            let key = try await ana.formKey()
            for outlet in ["impresora:p9", "impresora:8.8.8.8", "10.0.0.5", "", "p1"] {
                let answer = try await ana.post("/mostrador/salida", ["llave": key, "salida": outlet])
                #expect(answer.status == .notFound, "\(outlet)")
            }
            let foreign = try await ana.post("/mostrador/salida", ["llave": "x", "salida": "80"])
            #expect(foreign.status == .forbidden)
            for (outlet, name) in [("impresora:p2", "Impresora Bodega"), ("80", "Este aparato · 80 mm")] {
                let answer = try await ana.post("/mostrador/salida", ["llave": key, "salida": outlet])
                #expect(answer.location == "/mostrador")
                #expect(try await ana.get("/mostrador").body.contains("Boletos: " + name))
            }
            #expect(try await beto.get("/mostrador").body.contains("Este aparato · 58 mm"))
            // A printer that the site has no more is not printed on.
            _ = try await ana.post("/mostrador/salida", ["llave": key, "salida": "impresora:p2"])
            try counter.activate(try CounterFixture.site(cashiers: [CounterFixture.ana]))
            #expect(try await ana.get("/mostrador").body.contains("Boletos: Este aparato"))
        }
    }

    @Test func `the browser prints on each paper, and after a restart every slip is one more`() async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        try await CounterFixture.run(in: folder) { counter in
            let ana = try await counter.signIn()
            let (path, page) = try await ana.sell()
            #expect(page.body.contains("href=\"\(path)/boleto\"") && !page.body.contains("id=\"impresion\""))
            for paper in SlipPaper.allCases {
                let slip = try await ana.get(path + "/boleto?papel=\(paper.text)")
                #expect(slip.status == .ok && slip.code == page.code, "\(paper)")
                #expect(!slip.body.contains("data-ya"))
                #expect(slip.body.contains("<svg") && !slip.body.contains("REIMPRESIÓN"))
                #expect(slip.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
            }
            #expect(try await ana.get(path + "/boleto").body.contains("data-ya"))
            #expect(try await ana.get(path + "/boleto?papel=A3").status == .notFound)
            let form = ["llave": try await ana.formKey(), "copia": "1"]
            for _ in 1...2 {
                #expect(try await ana.post(path + "/reimprimir", form).location == path + "/boleto")
            }
            #expect(try await ana.get(path + "/boleto").body.contains("<p class=\"heading\">REIMPRESIÓN</p>"))
            _ = try await ana.sell()
            #expect(try await counter.count("counter_sale WHERE reprints = 1") == 1)
        }
        try await CounterFixture.run(in: folder) { counter in
            let ana = try await counter.signIn()
            let home = try await ana.get("/mostrador").body
            let latest = try #require(home.firstMatch(of: /\/mostrador\/ventas\/vta_\w+/)).output
            #expect(try await ana.get(String(latest)).body.contains("ya no sabe si el boleto"))
            #expect(try await ana.get(latest + "/boleto").body.contains("REIMPRESIÓN"))
        }
    }
}
