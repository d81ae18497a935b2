import Foundation
import Shared
import TestSupport
import Testing

/// A cashier with a real browser and the real box.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CounterTests {
    private static func signIn(_ browser: Browser, _ site: RunningSite, as name: String = "Lupe") async throws {
        try await browser.open(site.url("/mostrador"))
        try await browser.heading("¿Quién vende?")
        try await browser.type(name, into: "#cajero")
        try await browser.type(RunningSite.pin, into: "#pin")
        try await browser.tap(try await browser.control("Entrar"))
        _ = try await browser.element(".today")
    }

    @Test func `from the PIN to the slip in two taps, and back again`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                try await browser.open(site.url("/mostrador"))
                try await browser.saveScreenshot("20-mostrador-entrar")
                try await Self.signIn(browser, site)
                try await browser.saveScreenshot("21-mostrador")
                try await browser.tap(try await browser.control("24 horas"))
                try await browser.saveScreenshot("22-mostrador-cobrar")
                try await browser.tap(try await browser.control("Cobrar $25"))
                let digits = try await browser.text(".code").filter(\.isNumber)
                #expect(FichaCode(digits: digits) != nil)
                try await browser.saveScreenshot("23-mostrador-vendida")
                #expect(try await browser.complaints == [])

                try await browser.tap(try await browser.control("Nueva venta"))
                #expect(try await browser.text(".today") == "Hoy: 1 venta · $25")
                try await browser.tap(try await browser.control("Reimprimir"))
                #expect(try await browser.text("main .heading") == "REIMPRESIÓN")
                try await browser.tap(try await browser.control("Volver"))
                #expect(try await browser.text("main").contains("Reimpresiones: 1"))
                try await browser.saveScreenshot("24-mostrador-reimpresa")
                try await browser.tap(try await browser.control("Anular"))
                try await browser.saveScreenshot("25-mostrador-anular")
                try await browser.tap(try await browser.control("Anular y devolver $25"))
                #expect(try await browser.text(".notice.bad").hasPrefix("ANULADA."))
                try await browser.saveScreenshot("26-mostrador-anulada")
                try await browser.tap(try await browser.control("Mostrador"))
                #expect(try await browser.text(".today") == "Hoy: 0 ventas · $0")
                try await browser.tap(try await browser.control("Salir"))
                try await browser.heading("¿Quién vende?")
                #expect(try await browser.complaints == [])
            }
        }
    }

    @Test func `with a printer of the network the second tap brings the slip, and the page tells`() async throws {
        let printer = try FakePrinter(.answers(0))
        defer { printer.stop() }
        var options = RunningSite.Options()
        options.printerPort = printer.port
        options.environment["FICHAS_PORTAL_URL"] = "http://10.5.50.2:8080"
        try await RunningSite.run(options) { site in
            try await Browser.run { browser in
                try await Self.signIn(browser, site)
                try await browser.tap(try await browser.control("24 horas"))
                try await browser.tap(try await browser.control("Cobrar $25"))
                let code = try await browser.text(".code")
                #expect(try await browser.text("#impresion").hasPrefix("Impreso en «Caja»."))
                try await browser.saveScreenshot("36-mostrador-impreso")
                await printer.ends.reaches(1)
                let paper = try PrintedPaper(printer.jobs[0])
                #expect(paper.lines.contains { $0.text == code } && paper.drawerOpenings == 1)
                let digits = code.filter(\.isNumber)
                #expect(paper.codes.map(\.text) == ["http://10.5.50.2:8080/r/r1/ficha?code=" + digits])

                printer.behave(.answers(0x0C))
                try await browser.tap(try await browser.control("Reimprimir"))
                #expect(try await browser.text("#impresion.wait").contains("se le acabó el papel"))
                try await browser.saveScreenshot("37-mostrador-sin-papel")
                await printer.ends.reaches(2)
                #expect(printer.jobs.count == 2)
                #expect(try PrintedPaper(printer.jobs[1]).lines.contains { $0.text == "REIMPRESIÓN" })

                try await browser.tap(try await browser.control("Boletos:"))
                try await browser.saveScreenshot("38-mostrador-salida")
                try await browser.tap(try await browser.control("Este aparato · 80 mm"))
                _ = try await browser.element(".today")
                try await browser.tap(try await browser.control("1 hora"))
                try await browser.tap(try await browser.control("Cobrar $10"))
                try await browser.tap(try await browser.control("Imprimir"))
                let slip = try await browser.text("main.roll80 .code")
                try await browser.saveScreenshot("39-mostrador-rollo")
                // The dialogue is open there by itself.
                try await browser.tap(try await browser.control("58 mm"))
                _ = try await browser.element("main.roll58")
                let roll = try await PrintedDocument(try await browser.printed(), name: "mostrador-rollo")
                #expect(roll.pages.count == 1 && abs(roll.pages[0].width - 58) < 0.5)
                let read = try await roll.codes(onPage: 1, dotsPerInch: 203)
                #expect(read == ["http://10.5.50.2:8080/r/r1/ficha?code=" + slip.filter(\.isNumber)])
                try await browser.tap(try await browser.control("Carta"))
                #expect(try await browser.text(".cell .code") == slip)
                #expect(printer.jobs.count == 2)
                #expect(try await browser.complaints == [])
            }
        }
    }

    @Test func `two fast taps, and going back and tapping again, are one sale`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                try await Self.signIn(browser, site)
                try await browser.tap(try await browser.control("1 hora"))
                try await browser.doubleTap(try await browser.control("Cobrar $10"))
                let code = try await browser.text(".code")
                try await browser.post("back", [:])
                try await browser.tap(try await browser.control("Cobrar $10"))
                #expect(try await browser.text(".code") == code)
                #expect(try await browser.text("main").contains("Esta venta ya estaba hecha"))
                try await browser.saveScreenshot("27-mostrador-repetida")
                try await browser.open(site.url("/mostrador"))
                #expect(try await browser.text(".today") == "Hoy: 1 venta · $10")
            }
        }
    }

    @Test func `a batch is made, one of it is sold by its code, and the till is counted`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                try await Self.signIn(browser, site)
                try await browser.tap(try await browser.control("Lotes"))
                try await browser.type("30", into: "#cuantas")
                try await browser.saveScreenshot("31-mostrador-lotes")
                try await browser.tap(try await browser.control("Hacer lote"))
                // The page looks again by itself.
                try await browser.tap(try await browser.control("Hojas para imprimir"))
                let code = try await browser.text(".cell .code")
                try await browser.saveScreenshot("32-mostrador-hojas")
                let sheets = try await PrintedDocument(try await browser.printed(), name: "lote")
                #expect(sheets.pages.count == 2)
                try await sheets.savePicture(ofPage: 1, dotsPerInch: 150)
                try await browser.open(site.url("/mostrador/impresa"))
                try await browser.type(code, into: "#codigo")
                try await browser.tap(try await browser.control("Buscar"))
                try await browser.saveScreenshot("33-mostrador-impresa")
                try await browser.tap(try await browser.control("Cobrar $10"))
                #expect(try await browser.text(".code") == code)
                try await browser.open(site.url("/mostrador/cortes"))
                try await browser.type("9.50", into: "#contado-MXN")
                try await browser.type(RunningSite.pin, into: "#pin-MXN")
                try await browser.saveScreenshot("34-mostrador-corte")
                try await browser.tap(try await browser.control("Hacer corte 1"))
                #expect(try await browser.text(".notice") == "Faltan $0.50")
                try await browser.saveScreenshot("35-mostrador-corte-hecho")
                #expect(try await browser.complaints == [])
            }
        }
    }

    @Test func `a wrong PIN and a box that was restarted say what to do`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                try await browser.open(site.url("/mostrador"))
                try await browser.type("0000", into: "#pin")
                try await browser.tap(try await browser.control("Entrar"))
                #expect(try await browser.text(".notice") == "El PIN no es correcto.")
                try await browser.saveScreenshot("28-mostrador-pin")
                try await Self.signIn(browser, site)
                try await browser.tap(try await browser.control("1 hora"))
                _ = try await browser.control("Cobrar $10")
                try await browser.saveScreenshot("29-mostrador-hora")
            }
        }
    }

    @Test func `on a small screen and on an old PC nothing runs off the side, and every button is large enough`()
        async throws
    {
        try await RunningSite.run { site in
            for width in [360, 180, 720] {
                try await Browser.run(width: width) { browser in
                    try await Self.signIn(browser, site)
                    try await browser.tap(try await browser.control("1 semana"))
                    try await browser.tap(try await browser.control("Cobrar $90"))
                    _ = try await browser.element(".code")
                    let slip = try await browser.address
                    for page in [
                        slip, slip + "/anular", site.url("/mostrador/salida"), site.url("/mostrador"),
                        site.url("/mostrador/nada"),
                        site.url("/mostrador/lotes"), site.url("/mostrador/cortes"), site.url("/mostrador/impresa"),
                    ] {
                        try await browser.open(page)
                        let widths = "[innerWidth, document.documentElement.scrollWidth]"
                        #expect(try await browser.evaluate(widths) as? [Int] == [width, width], "\(page) at \(width)")
                        let lowest = try await browser.evaluate(LayoutTests.lowestControl) as? Int
                        #expect(try #require(lowest) >= 44, "\(page) at \(width)")
                        let contrast = try await browser.evaluate(LayoutTests.lowestContrast) as? Double
                        #expect((contrast ?? 0) >= 4.5, "\(page) at \(width)")
                    }
                    try await browser.open(site.url("/mostrador"))
                    try await browser.saveScreenshot("30-mostrador-a-\(width)")
                }
            }
        }
    }
}
