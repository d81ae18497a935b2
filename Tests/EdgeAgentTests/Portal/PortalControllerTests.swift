import ConektaSimulator
import HTTPTypes
import HummingbirdTesting
import Purchasing
import RouterOSSimulator
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// The portal from request to answer, with the simulators' ledgers as witnesses.
@Suite struct PortalControllerTests {
    // MARK: First pages

    @Test func `the only router's price list is the first page, in visual order, asked again for free`() async throws {
        try await PortalFixture.run { portal in
            let page = try await portal.get("/")
            #expect(page.status == .ok)
            let hour = try #require(page.body.firstRange(of: "/r/r1/comprar/1"))
            let day = try #require(page.body.firstRange(of: "/r/r1/comprar/2"))
            #expect(hour.lowerBound < day.lowerBound)
            #expect(page.body.contains("Recomendada"))
            #expect(!page.body.contains("retirada"))
            #expect(page.body.contains("href=\"/r/r1/ficha\""))
            #expect(page.body.contains("tel:5512345678"))
            #expect(try await portal.get("/r/r1").body == page.body)
            let tag = try #require(page.headers[.eTag])
            let again = try await portal.client.execute(uri: "/", method: .get, headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
        }
    }

    @Test func `of several routers it is the one in the link, else the one that knows the phone, else a question`()
        async throws
    {
        try await PortalFixture.run(site: SiteSnapshot.withTwoRouters) { portal in
            let named = try await portal.get("/?r=r2")
            #expect(named.body.contains("/r/r2/comprar/1"))
            // Both simulated routers are one, so either may be found; what matters is that one is.
            #expect(try await portal.get("/").body.contains("/comprar/1"))
            #expect(try await portal.get("/?r=otro").body.contains("/comprar/1"))
        }
        try await PortalFixture.run(site: SiteSnapshot.withTwoRouters, peerAddress: "192.0.2.1") { portal in
            let page = try await portal.get("/")
            #expect(page.body.contains("¿En qué lugar estás?"))
            #expect(page.body.contains("href=\"/r/r1\"") && page.body.contains("href=\"/r/r2\""))
        }
    }

    @Test func `what is not there is said in words, with the policy of the pages`() async throws {
        try await PortalFixture.run { portal in
            for path in [
                "/r/otro", "/r/r1/comprar/3", "/r/r1/comprar/x", "/r/r1/compra/x",
                "/r/r1/compra/pur_\(String(repeating: "0", count: 26))",
                "/nada",
            ] {
                let page = try await portal.get(path)
                #expect(page.status == .notFound, "\(path)")
                #expect(page.body.contains("No encontramos esa página"), "\(path)")
                #expect(page.headers[.contentSecurityPolicy]?.contains("style-src 'sha256-") == true, "\(path)")
            }
        }
    }

    // MARK: Paying

    @Test func `the card page has a policy of its own and a new attempt each time`() async throws {
        try await PortalFixture.run { portal in
            let first = try await portal.get("/r/r1/comprar/1")
            let second = try await portal.get("/r/r1/comprar/1")
            #expect(first.status == .ok)
            #expect(first.body.contains("$15"))
            #expect(first.headers[.cacheControl] == "no-store")
            let policy = try #require(first.headers[.contentSecurityPolicy])
            #expect(policy.contains("script-src 'self' https://pay.conekta.com;"))
            #expect(try await portal.get("/").headers[.contentSecurityPolicy]?.contains("script-src") == false)
            let attempts = [first, second].compactMap { $0.value(ofInput: "intento") }.compactMap(AttemptID.init)
            #expect(attempts.count == 2)
            #expect(attempts.first != attempts.last)
            #expect(try await portal.get("/portal/pay.js").headers[.contentType] == "text/javascript; charset=utf-8")
        }
    }

    @Test func `what was typed wrong is explained, and stays in the form`() async throws {
        try await PortalFixture.run { portal in
            let good = try await portal.cardForm()
            for (field, value, words) in [
                ("customer_name", " ", "Escribe tu nombre"), ("customer_email", "maria@", "Revisa tu correo"),
                ("card_token", "", "datos de tu tarjeta"),
            ] {
                let page = try await portal.post("/r/r1/comprar/1", good.merging([field: value]) { $1 })
                #expect(page.status == .unprocessableContent, "\(field)")
                #expect(page.body.contains(words), "\(field)")
                #expect(page.value(ofInput: "intento") == good["intento"], "\(field)")
                if field != "customer_name" { #expect(page.body.contains("value=\"María H\""), "\(field)") }
            }
            var withoutAttempt = good
            withoutAttempt["intento"] = nil
            let page = try await portal.post("/r/r1/comprar/1", withoutAttempt)
            #expect(page.status == .unprocessableContent)
            #expect(page.value(ofInput: "intento").flatMap(AttemptID.init) != nil)
            #expect(portal.conekta.snapshot.orders.isEmpty)
        }
    }

    @Test func `a purchase leads to its page, and the page to the code before the gate is open`() async throws {
        try await PortalFixture.run { portal in
            let answer = try await portal.post("/r/r1/comprar/1", try await portal.cardForm())
            #expect(answer.status == .seeOther)
            let path = try #require(answer.location)
            #expect(path.hasPrefix("/r/r1/compra/pur_"))
            let page = try await portal.settled(path)
            let code = try #require(page.code)
            #expect(page.body.contains("Conectar ahora"))
            #expect(portal.router.ledger.presentUsers.map(\.name) == [code.digits])
            #expect(portal.router.ledger.logins.isEmpty)
            #expect(portal.conekta.snapshot.capturedCents == 1_500)

            let connected = try await portal.post(path + "/conectar")
            #expect(connected.status == .seeOther)
            #expect(connected.location == path + "/conexion/connected")
            #expect(portal.router.ledger.logins.map(\.mac.description) == [PortalFixture.phoneMACAddress])
            let online = try await portal.get(path + "/conexion/connected")
            #expect(online.body.contains("Ya estás en línea"))
            #expect(online.code == code)
            #expect(try await portal.get(path + "/conexion/otra").status == .notFound)
        }
    }

    @Test func `one page is one purchase, whatever is posted from it and how often`() async throws {
        try await PortalFixture.run { portal in
            let form = try await portal.cardForm()
            let other = try await portal.cardForm(attempt: form["intento"])
            #expect(form["card_token"] != other["card_token"])
            let places = try await withThrowingTaskGroup(of: String?.self) { group in
                for fields in [form, other, form, other] {
                    group.addTask { try await portal.post("/r/r1/comprar/1", fields).location }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(places.count == 1)
            _ = try await portal.settled(try #require(places.first ?? nil))
            #expect(portal.conekta.snapshot.charges.count == 1)
            #expect(portal.conekta.snapshot.capturedCents == 1_500)
        }
    }

    @Test func `a declined card costs nothing and a new page is a new purchase`() async throws {
        try await PortalFixture.run { portal in
            let (path, page) = try await portal.buy(card: "4000000000000127")
            #expect(page.body.contains("saldo suficiente"))
            #expect(page.body.contains("no se te cobró nada"))
            #expect(page.body.contains("/r/r1/comprar/1"))
            #expect(page.code == nil)
            #expect(portal.conekta.snapshot.capturedCents == 0)
            #expect(try await portal.post(path + "/conectar").location == path)
            #expect(try await portal.buy().page.code != nil)
            #expect(portal.conekta.snapshot.capturedCents == 1_500)
        }
    }

    @Test func `three declined cards end it for a while, with the counter as the way out`() async throws {
        try await PortalFixture.run { portal in
            for _ in 0..<3 { _ = try await portal.buy(card: "4000000000000002") }
            let answer = try await portal.post("/r/r1/comprar/1", try await portal.cardForm())
            #expect(answer.status == .tooManyRequests)
            #expect(answer.headers[.retryAfter] != nil)
            #expect(answer.body.contains("mostrador"))
            #expect(portal.conekta.snapshot.capturedCents == 0)
        }
    }

    @Test func `a purchase is nobody's business at another router`() async throws {
        try await PortalFixture.run(site: SiteSnapshot.withTwoRouters) { portal in
            let (path, page) = try await portal.buy()
            #expect(page.code != nil)
            #expect(try await portal.get(path.replacing("/r/r1/", with: "/r/r2/")).status == .notFound)
        }
    }

    @Test func `no card is asked for where none can be taken`() async throws {
        try await PortalFixture.run(site: { try .forTests(routerPort: $0, conekta: nil) }) { portal in
            #expect(try await !portal.get("/").body.contains("/comprar/"))
            let page = try await portal.get("/r/r1/comprar/1")
            #expect(page.status == .serviceUnavailable)
            #expect(page.body.contains("mostrador"))
            #expect(!page.body.contains("card_token"))
        }
        // A router that does not answer could not deliver what is paid.
        try await PortalFixture.run(site: { _ in try .forTests(routerPort: 9) }) { portal in
            let page = try await portal.get("/r/r1/comprar/1")
            #expect(page.status == .serviceUnavailable)
            #expect(page.body.contains("No te cobramos nada"))
            #expect(page.body.contains("Volver a intentar"))
        }
    }

    @Test func `without a way to Conekta the pages say so, say where to buy for cash, and sell again by themselves`()
        async throws
    {
        try await PortalFixture.run { portal in
            // Somebody has the form open when the line goes down.
            let form = try await portal.cardForm()
            for _ in 0..<2 { portal.wayOut.note(.unreachable) }
            let list = try await portal.get("/")
            #expect(!list.body.contains("/comprar/"))
            #expect(list.body.contains("No hay conexión con el banco"))
            #expect(list.body.contains("El mostrador de Tienda Centro vende en efectivo"))
            #expect(list.body.contains("http-equiv=\"refresh\""))
            #expect(list.body.contains("href=\"/r/r1/ficha\""), "who has a code goes online")
            let card = try await portal.get("/r/r1/comprar/1")
            #expect(card.status == .serviceUnavailable)
            #expect(card.body.contains("Tienda Centro") && card.body.contains("http-equiv=\"refresh\""))
            #expect(!card.body.contains("card_token"))
            let paid = try await portal.post("/r/r1/comprar/1", form)
            #expect(paid.status == .serviceUnavailable)
            #expect(paid.body.contains("No se te ha cobrado nada") && paid.body.contains("Tienda Centro"))
            #expect(portal.conekta.snapshot.orders.isEmpty)
            for _ in 0..<2 { portal.wayOut.note(.answered) }
            let open = try await portal.get("/")
            #expect(open.body.contains("/comprar/1") && !open.body.contains("http-equiv=\"refresh\""))
            #expect(try await portal.post("/r/r1/comprar/1", form).location != nil, "the same form pays now")
        }
    }

    // MARK: Coming back

    @Test func `a phone finds what it bought last, and one that bought nothing is told so`() async throws {
        try await PortalFixture.run { portal in
            let before = try await portal.get("/r/r1/mi-ficha")
            #expect(before.status == .ok)
            #expect(before.body.contains("No encontramos tu compra"))
            let (path, _) = try await portal.buy()
            // A card that was refused later does not hide the ficha.
            _ = try await portal.buy(card: "4000000000000002")
            #expect(try await portal.get("/r/r1/mi-ficha").location == path)
        }
        // Somebody the router does not know could be anybody.
        try await PortalFixture.run(peerAddress: "192.0.2.1") { portal in
            _ = try await portal.buy()
            #expect(try await portal.get("/r/r1/mi-ficha").body.contains("No encontramos tu compra"))
        }
    }

    @Test func `who has a payment under way is led to it instead of paying again`() async throws {
        try await PortalFixture.run { portal in
            let form = try await portal.cardForm()
            let later = try await portal.cardForm()
            portal.conekta.script(Fault(.never, answer: .closed), on: .createCharge)
            let path = try #require(try await portal.post("/r/r1/comprar/1", form).location)
            #expect(try await portal.get(path).body.contains("Verificando tu pago"))
            #expect(try await portal.get("/r/r1/comprar/2").location == path)
            #expect(try await portal.post("/r/r1/comprar/1", later).location == path)
            #expect(try await portal.get("/r/r1/mi-ficha").location == path)
            #expect(portal.conekta.snapshot.orders.count == 1)
        }
    }

    @Test func `declines count against the phone the router sees, whatever address it takes next`() async throws {
        try await PortalFixture.run { portal in
            for _ in 0..<3 { _ = try await portal.buy(card: "4000000000000002") }
            #expect(portal.guardian.admit(["mac:\(PortalFixture.phoneMACAddress)"]) != nil)
        }
    }

    // MARK: Connecting

    @Test func `a phone that is not on the hotspot is told how to come back, with its code`() async throws {
        try await PortalFixture.run(peerAddress: "192.0.2.1") { portal in
            let (path, page) = try await portal.buy()
            let answer = try await portal.post(path + "/conectar")
            #expect(answer.location == path + "/conexion/device_not_found")
            let help = try await portal.get(try #require(answer.location))
            #expect(help.body.contains("conéctate otra vez"))
            #expect(help.body.contains("Intentar otra vez"))
            #expect(help.code == page.code)
            #expect(portal.router.ledger.logins.isEmpty)
        }
    }

    @Test func `the QR code of a slip fills the form in, and does nothing more`() async throws {
        try await PortalFixture.run { portal in
            let code = portal.addFicha(seed: 11)
            let page = try await portal.get(PortalPath.redeem("r1", code))
            #expect(page.status == .ok)
            #expect(page.body.contains("value=\"\(code.grouped)\""))
            #expect(!page.body.contains("role=\"alert\""))
            #expect(portal.router.ledger.logins.isEmpty)
            let empty = try await portal.get("/r/r1/ficha").body
            for text in ["", "1234567890", "%22%3E%3Cb%3E", String(repeating: "1", count: 500)] {
                #expect(try await portal.get("/r/r1/ficha?code=\(text)").body == empty)
            }
        }
    }

    @Test func `a code brings the phone online, whoever typed it how`() async throws {
        try await PortalFixture.run { portal in
            let code = portal.addFicha(seed: 11)
            let answer = try await portal.post("/r/r1/ficha", ["code": " \(code.grouped.replacing(" ", with: "-")) "])
            #expect(answer.status == .seeOther)
            #expect(answer.location == "/r/r1/en-linea")
            #expect(try await portal.get("/r/r1/en-linea").body.contains("Ya estás en línea"))
            #expect(portal.router.ledger.logins.map(\.user) == [code.digits])
        }
    }

    @Test func `a mistyped code never reaches the router, an unknown one is counted`() async throws {
        try await PortalFixture.run { portal in
            let before = portal.router.ledger.commandCount
            for text in ["", "12345", "hola", "<img>\"1", "1234567890"] {
                let page = try await portal.post("/r/r1/ficha", ["code": text])
                #expect(page.status == .unprocessableContent, "\(text)")
                #expect(page.body.contains("no forman una ficha"), "\(text)")
                #expect(!page.body.contains("<img"), "\(text)")
            }
            #expect(try await portal.post("/r/r1/ficha").status == .unprocessableContent)
            #expect(portal.router.ledger.commandCount == before)

            var generator = SplitMix64(seed: 12)
            for _ in 0..<8 {
                let page = try await portal.post("/r/r1/ficha", ["code": FichaCode(using: &generator).digits])
                #expect(page.status == .unprocessableContent)
                #expect(page.body.contains("No encontramos"))
            }
            let page = try await portal.post("/r/r1/ficha", ["code": FichaCode(using: &generator).digits])
            #expect(page.status == .tooManyRequests)
            #expect(page.headers[.retryAfter] != nil)
        }
    }

    @Test func `a ficha that is used up, and a router that is away, are told apart`() async throws {
        try await PortalFixture.run { portal in
            let code = portal.addFicha(seed: 13, limit: "1h")
            #expect(try await portal.post("/r/r1/ficha", ["code": code.digits]).status == .seeOther)
            portal.router.advance(by: .seconds(7_200))
            try portal.rejoin()
            let page = try await portal.post("/r/r1/ficha", ["code": code.digits])
            #expect(page.status == .conflict)
            #expect(page.body.contains("ya se terminó"))
        }
        try await PortalFixture.run(site: { _ in try .forTests(routerPort: 9) }) { portal in
            var generator = SplitMix64(seed: 14)
            let page = try await portal.post("/r/r1/ficha", ["code": FichaCode(using: &generator).digits])
            #expect(page.status == .serviceUnavailable)
            #expect(page.body.contains("no responde"))
        }
    }
}
