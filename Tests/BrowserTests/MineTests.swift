import Shared
import TestSupport
import Testing

/// *Mi ficha* with a real browser, the real box and both simulators.
@Suite(.serialized, .timeLimit(.minutes(5))) struct MineTests {
    @Test func `a buyer sees what is left, buys more, and loses nothing of either`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("24 horas")
                try await buyer.pay(card: Buyer.Card.good)
                let first = try await buyer.code()
                try await browser.tap(try await browser.control("Conectar ahora"))
                try await browser.heading("Ya estás en línea")

                // Later, in another sheet, which knows nothing any more.
                try await browser.open(site.url("/"))
                try await browser.tap(try await browser.control("Ver mi ficha"))
                try await browser.heading("Te quedan")
                let left = try await browser.text(".left")
                #expect(left.contains("23 horas 59 minutos") || left.contains("24 horas"))
                try await browser.saveScreenshot("15-mi-ficha")
                try await browser.tap(try await browser.control("Comprar más"))
                try await buyer.choose("1 hora")
                try await buyer.pay(card: Buyer.Card.good)
                let second = try await buyer.code()
                #expect(second != first)
                try await browser.tap(try await browser.control("Conectar ahora"))
                try await browser.heading("Ya estás en línea")
                try await browser.open(site.url("/r/r1/mi-ficha"))
                #expect(try await browser.text("main").contains("otra ficha que empieza sola"))
                try await browser.saveScreenshot("16-mi-ficha-con-otra")
                #expect(try await site.routerLedger().logins.map(\.user) == [first])
                #expect(try await browser.complaints == [])
            }
            try await Browser.run(width: 180) { browser in
                try await browser.open(site.url("/r/r1/mi-ficha"))
                let widths = "[innerWidth, document.documentElement.scrollWidth]"
                #expect(try await browser.evaluate(widths) as? [Int] == [180, 180])
                try await browser.saveScreenshot("17-mi-ficha-a-180")
            }
        }
    }

    @Test func `a phone that lost its session is connected again from its page`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("1 hora")
                try await buyer.pay(card: Buyer.Card.good)
                _ = try await buyer.code()
                try await browser.tap(try await browser.control("Conectar ahora"))
                try await browser.heading("Ya estás en línea")
                try await site.router.post(
                    "console",
                    ["words": ["/ip/hotspot/active/remove", "=numbers=*7F000001"]]
                )
                try await browser.open(site.url("/r/r1/mi-ficha"))
                try await browser.saveScreenshot("18-mi-ficha-sin-conexion")
                try await browser.tap(try await browser.control("Conectar este teléfono"))
                try await browser.heading("Te quedan")
                #expect(try await browser.text("main").contains("Este teléfono está en línea"))
            }
        }
    }

    @Test func `a mistyped code is caught in the browser`() async throws {
        try await RunningSite.run { site in
            var generator = SplitMix64(seed: 5)
            let code = FichaCode(using: &generator)
            let wrong = String(code.digits.dropLast()) + (code.digits.last == "7" ? "8" : "7")
            try await Browser.run { browser in
                try await browser.open(site.url("/r/r1/ficha"))
                _ = try await browser.evaluate("window.samePage = true")
                try await browser.type(wrong, into: "#code")
                try await browser.tap(try await browser.control("Conectarme"))
                #expect(try await browser.text("#problem").contains("no forman una ficha"))
                #expect(try await browser.evaluate("window.samePage === true") as? Bool == true, "it was not sent")
                try await browser.saveScreenshot("19-mal-escrita-sin-enviar")
                // A right one is sent, and the box says what it knows of it.
                try await browser.open(site.url("/r/r1/ficha"))
                try await browser.type(code.grouped, into: "#code")
                try await browser.tap(try await browser.control("Conectarme"))
                #expect(try await browser.text("#problem").contains("No encontramos"))
                #expect(try await browser.complaints.allSatisfy { $0.contains("422") })
            }
        }
    }
}
