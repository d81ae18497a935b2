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
                try await browser.saveScreenshot("23-mostrador-boleto")
                #expect(try await browser.complaints == [])

                try await browser.tap(try await browser.control("Marcar reimpresión"))
                #expect(try await browser.text(".copy") == "REIMPRESIÓN 1")
                try await browser.tap(try await browser.control("Nueva venta"))
                #expect(try await browser.text(".today") == "Hoy: 1 venta · $25")
                try await browser.saveScreenshot("24-mostrador-vendida")
                try await browser.tap(try await browser.control("Anular"))
                try await browser.saveScreenshot("25-mostrador-anular")
                try await browser.tap(try await browser.control("Anular y devolver $25"))
                #expect(try await browser.text(".slip .copy:nth-of-type(3)") == "ANULADA")
                try await browser.saveScreenshot("26-mostrador-anulada")
                try await browser.tap(try await browser.control("Mostrador"))
                #expect(try await browser.text(".today") == "Hoy: 0 ventas · $0")
                try await browser.tap(try await browser.control("Salir"))
                try await browser.heading("¿Quién vende?")
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
                let code = try await browser.text(".sheet li b")
                try await browser.saveScreenshot("32-mostrador-hojas")
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
                        slip, slip + "/anular", site.url("/mostrador"), site.url("/mostrador/nada"),
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
