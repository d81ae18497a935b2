import Foundation
import Shared
import TestSupport
import Testing

/// Buying by card with a real browser, the real box and both simulators. What counts is what the simulators' ledgers
/// say in the end. One browser at a time: eleven of them at once are a machine's worth of memory.
@Suite(.serialized, .timeLimit(.minutes(5))) struct BuyingTests {
    @Test func `a buyer pays, sees the code, connects and is online`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await browser.open(site.url("/"))
                try await browser.saveScreenshot("01-catalogo")
                try await buyer.choose("24 horas")
                try await buyer.fillIn(card: Buyer.Card.good)
                try await browser.saveScreenshot("02-tarjeta")
                #expect(try await browser.complaints == [])
                try await browser.tap(try await browser.element("#pay-button:not([disabled])"))

                let code = try await buyer.code()
                try await browser.saveScreenshot("03-ficha")
                #expect(FichaCode(digits: code) != nil)
                let conekta = try await site.conektaLedger()
                #expect(conekta.charges.map(\.status) == ["paid"])
                #expect(conekta.capturedCents == 2_500)
                #expect(conekta.refundedCents == 0)
                var router = try await site.routerLedger()
                #expect(router.users.map(\.name) == [code])
                #expect(router.users.first?.profile == "24h")
                // The code is the buyer's before the gate opens.
                #expect(router.logins.isEmpty)

                try await browser.tap(try await browser.control("Conectar ahora"))
                try await browser.heading("Ya estás en línea")
                try await browser.saveScreenshot("04-en-linea")
                router = try await site.routerLedger()
                #expect(router.logins.map(\.user) == [code])
                #expect(router.logins.map(\.mac) == [RunningSite.phoneMACAddress])
                #expect(try await browser.complaints == [])
            }
        }
    }

    @Test func `a declined card is told so, costs nothing, and another one buys`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("1 hora")
                try await buyer.pay(card: Buyer.Card.declined)
                try await browser.heading("El pago no pasó")
                try await browser.saveScreenshot("05-rechazada")
                #expect(try await browser.text("main").contains("no se te cobró nada"))
                #expect(try await site.conektaLedger().capturedCents == 0)
                #expect(try await site.routerLedger().users.isEmpty)

                try await browser.tap(try await browser.control("Pagar con otra tarjeta"))
                try await buyer.pay(card: Buyer.Card.good)
                _ = try await buyer.code()
                #expect(try await site.conektaLedger().capturedCents == 1_000)
            }
        }
    }

    @Test func `two fast taps charge once`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("1 hora")
                try await buyer.fillIn(card: Buyer.Card.good)
                try await browser.doubleTap(try await browser.element("#pay-button:not([disabled])"))
                _ = try await buyer.code()
                #expect(try await site.conektaLedger().charges.count == 1)
                #expect(try await site.conektaLedger().capturedCents == 1_000)
            }
        }
    }

    @Test func `a page posted twice with two tokens is one purchase, and so is one posted from the past`() async throws
    {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("1 hora")
                let attempt = try await browser.property("value", of: "input[name=intento]")
                let tokens = [
                    try await site.conekta.cardToken(for: Buyer.Card.good),
                    try await site.conekta.cardToken(for: Buyer.Card.good),
                ]
                let places = try await withThrowingTaskGroup(of: String.self) { group in
                    for token in tokens {
                        group.addTask { try await site.postCard(attempt: attempt, token: token) }
                    }
                    return try await group.reduce(into: Set<String>()) { $0.insert($1) }
                }
                #expect(places.count == 1)
                try await browser.open(site.url(try #require(places.first)))
                _ = try await buyer.code()
                let late = try await site.conekta.cardToken(for: Buyer.Card.good)
                #expect(try await site.postCard(attempt: attempt, token: late) == places.first)
                #expect(try await site.conektaLedger().charges.count == 1)
                #expect(try await site.conektaLedger().capturedCents == 1_000)
            }
        }
    }

    @Test func `when the bank's answer is lost the buyer waits, is not asked to pay again, and gets the ficha`()
        async throws
    {
        try await RunningSite.run { site in
            // The charge happens, its answer does not come; nor can the order be read at first.
            try await site.conekta.post("_control/faults", ["endpoint": "create_charge", "answer": "closed"])
            try await site.conekta.post(
                "_control/faults",
                ["endpoint": "get_order", "execution": "never", "answer": "closed", "times": 3]
            )
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("1 hora")
                try await buyer.pay(card: Buyer.Card.good)
                try await browser.heading("Verificando tu pago")
                try await browser.saveScreenshot("06-verificando")
                #expect(try await !browser.source.contains("/comprar/"))
                _ = try await buyer.code()
                #expect(try await site.conektaLedger().charges.count == 1)
                #expect(try await site.conektaLedger().capturedCents == 1_000)
            }
        }
    }

    @Test func `a bank that wants to be asked is asked, and then the ficha comes`() async throws {
        var options = RunningSite.Options()
        options.conektaPublicAddress = "https://banco.example"
        try await RunningSite.run(options) { site in
            // Whether a card is asked for more is the bank's choice, which the simulator is told here.
            try await site.conekta.post(
                "_control/faults",
                ["endpoint": "create_charge", "execution": "outcome", "outcome": "challenge"]
            )
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("1 hora")
                try await buyer.pay(card: Buyer.Card.good)
                try await browser.heading("Confirma con tu banco")
                try await browser.saveScreenshot("07-banco")
                #expect(try await browser.property("href", of: "a.button").hasPrefix("https://banco.example/3ds/"))
                #expect(try await browser.text("main").contains("No vuelvas a pagar"))
                let order = try #require(try await site.conektaLedger().orders.first)
                try await site.conekta.post("_control/3ds", ["order_id": order.id, "approved": true])
                try await browser.tap(try await browser.control("Ya confirmé"))
                _ = try await buyer.code()
                #expect(try await site.conektaLedger().capturedCents == 1_000)
            }
        }
    }

    @Test func `the bank's page leads back to the ficha`() async throws {
        // Held on 127.0.0.1, the port is nobody's on 127.0.0.2: so the box's address is known before it runs.
        let held = try LoopbackSocket(.refuses)
        var options = RunningSite.Options()
        options.environment = [
            "FICHAS_LISTEN": "127.0.0.2:\(held.port)", "FICHAS_PORTAL_URL": "http://127.0.0.2:\(held.port)",
        ]
        try await RunningSite.run(options) { site in
            _ = held
            try await site.conekta.post(
                "_control/faults",
                ["endpoint": "create_charge", "execution": "outcome", "outcome": "challenge"]
            )
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("1 hora")
                try await buyer.pay(card: Buyer.Card.good)
                try await browser.heading("Confirma con tu banco")
                try await browser.tap(try await browser.control("Ir a mi banco"))
                try await browser.tap(try await browser.element("button[value=approve]"))
                _ = try await buyer.code()
                #expect(try await site.conektaLedger().capturedCents == 1_000)
            }
        }
    }

    @Test func `a buyer whose sheet closed after paying finds the ficha again, and is not asked to pay twice`()
        async throws
    {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("1 hora")
                // The form arrives, its answer does not: the sheet knows nothing of the purchase.
                let attempt = try await browser.property("value", of: "input[name=intento]")
                let token = try await site.conekta.cardToken(for: Buyer.Card.good)
                _ = try await site.postCard(attempt: attempt, token: token)
                try await browser.open(site.url("/"))
                try await browser.tap(try await browser.control("Ver mi ficha"))
                let code = try await buyer.code()
                #expect(try await site.routerLedger().users.map(\.name) == [code])
                #expect(try await site.conektaLedger().capturedCents == 1_000)
            }
        }
    }

    @Test func `without JavaScript the way to the card page works, and says there what is missing`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                try await browser.turnScriptsOff()
                try await browser.open(site.url("/"))
                try await browser.tapWithoutScripts(".featured a")
                // Elements inside `noscript` exist only where scripts do not run.
                let notice = try await browser.htmlWithoutScripts(of: "noscript .notice")
                #expect(notice.contains("JavaScript"))
                #expect(notice.contains("No se te ha cobrado nada"))
                #expect(try await browser.htmlWithoutScripts(of: "#status") == "<p id=\"status\" role=\"status\"></p>")
                try await browser.saveScreenshot("08-sin-javascript")
            }
        }
    }

    @Test func `a card form that does not load says so and offers the counter`() async throws {
        var options = RunningSite.Options()
        // A port nobody listens on.
        options.environment["FICHAS_TOKENIZER_URL"] = "http://127.0.0.1:9/conekta-checkout.min.js"
        try await RunningSite.run(options) { site in
            try await Browser.run { browser in
                try await Buyer(browser: browser, site: site).choose("24 horas")
                #expect(try await browser.text("#trouble:not([hidden])").contains("mostrador"))
                try await browser.saveScreenshot("09-sin-formulario")
            }
        }
    }

    @Test func `where the empresa takes no cards nobody is asked for one`() async throws {
        var options = RunningSite.Options()
        options.takesCards = false
        try await RunningSite.run(options) { site in
            try await Browser.run { browser in
                try await browser.open(site.url("/"))
                #expect(try await browser.text("main").contains("mostrador"))
                #expect(try await !browser.source.contains("/comprar/"))
                try await browser.saveScreenshot("10-sin-tarjetas")
                try await browser.open(site.url("/r/r1/comprar/1"))
                try await browser.heading("Tarjeta no disponible")
                try await browser.saveScreenshot("11-tarjeta-no-disponible")
                #expect(try await !browser.source.contains("card_token"))
            }
        }
    }
}

extension RunningSite {
    /// Posts the card page's form as a browser does.
    ///
    /// - Returns: The path it leads to.
    func postCard(attempt: String, token: String) async throws -> String {
        let fields = [
            "intento=\(attempt)", "card_token=\(token)", "customer_name=Mar%C3%ADa+H", "customer_email=m%40correo.mx",
        ]
        let answer = try await PlainHTTP(port: UInt16(try #require(address.port))).exchange(
            "POST",
            "/r/r1/comprar/1",
            contentType: "application/x-www-form-urlencoded",
            body: Data(fields.joined(separator: "&").utf8)
        )
        #expect(answer.status == 303)
        return try #require(answer.headers["location"])
    }
}
