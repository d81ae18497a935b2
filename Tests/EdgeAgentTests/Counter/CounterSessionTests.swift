import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// Who gets to the counter, and for how long.
@Suite struct CounterSessionTests {
    private static func guess(
        _ counter: CounterFixture,
        _ id: String = "usr_ana",
        pin: String = "1111",
        from address: String
    ) async throws -> PortalAnswer {
        let visitor = CounterVisitor(client: counter.client, address: address)
        return try await visitor.post("/mostrador/entrar", ["cajero": id, "pin": pin])
    }

    @Test func `without a session there is the login, and nothing is done`() async throws {
        try await CounterFixture.run { counter in
            for cookie in [nil, "mostrador=x", "mostrador=", "otra=1"] {
                let visitor = CounterVisitor(client: counter.client, cookie: cookie)
                for path in [
                    "/mostrador", CounterVisitor.hour, "/mostrador/ventas/vta_1", "/mostrador/ventas/vta_1/anular",
                ] {
                    #expect(try await visitor.get(path).location == "/mostrador/entrar", "\(path)")
                }
                let form = ["venta": "vta_\(String(repeating: "0", count: 26))", "precio": "1500"]
                let post = try await visitor.post(CounterVisitor.hour, form)
                #expect(post.status == .seeOther && post.location == "/mostrador/entrar?fin=1")
            }
            let page = try await CounterVisitor(client: counter.client).get("/mostrador/entrar?fin=1")
            #expect(page.body.contains("Tu sesión terminó") && page.body.contains(">Ana</option>"))
            #expect(!page.body.contains("scrypt"))
            #expect(page.headers[.contentSecurityPolicy]?.contains("script-src 'self'; form-action 'self'") == true)
            #expect(try await counter.count("counter_sale") == 0)
        }
    }

    @Test func `the cookie is for the counter alone, and no script reads it`() async throws {
        try await CounterFixture.run { counter in
            let answer = try await Self.guess(counter, pin: CounterFixture.pin, from: "10.0.0.1")
            let cookie = try #require(answer.headers[.setCookie])
            for part in ["Path=/mostrador", "HttpOnly", "SameSite=Strict", "Max-Age=43200"] {
                #expect(cookie.contains(part), "\(cookie)")
            }
            #expect(cookie.prefix { $0 != ";" }.count == "mostrador=".count + 43)
        }
    }

    @Test(arguments: ["", "1111", "48291", "4829166", "482916x", "482917"])
    func `a wrong PIN opens nothing, and neither does a right one of nobody`(pin: String) async throws {
        try await CounterFixture.run { counter in
            let wrong = try await Self.guess(counter, pin: pin, from: "10.0.0.1")
            #expect(wrong.status == .unauthorized && wrong.body.contains("El PIN no es correcto"))
            #expect(wrong.body.contains("value=\"usr_ana\" selected") && wrong.headers[.setCookie] == nil)
            let nobody = try await Self.guess(counter, "usr_nadie", pin: CounterFixture.pin, from: "10.0.0.2")
            #expect(nobody.status == .unauthorized)
        }
    }

    @Test func `one address guesses five times, and others sell on`() async throws {
        try await CounterFixture.run { counter in
            for _ in 0..<5 { #expect(try await Self.guess(counter, from: "10.0.0.1").status == .unauthorized) }
            let blocked = try await Self.guess(counter, pin: CounterFixture.pin, from: "10.0.0.1")
            #expect(blocked.status == .tooManyRequests && blocked.headers[.retryAfter] != nil)
            #expect(try await Self.guess(counter, pin: CounterFixture.pin, from: "10.0.0.2").status == .seeOther)
            counter.time.pass(.seconds(300))
            #expect(try await Self.guess(counter, pin: CounterFixture.pin, from: "10.0.0.1").status == .seeOther)
        }
    }

    @Test func `guessing from many addresses ends, and locks nobody out of their own counter`() async throws {
        try await CounterFixture.run { counter in
            _ = try await counter.signIn("usr_ana", from: "192.168.1.10")
            for number in 0..<30 {
                #expect(try await Self.guess(counter, from: "10.0.1.\(number)").status == .unauthorized)
            }
            #expect(try await Self.guess(counter, pin: CounterFixture.pin, from: "10.0.2.1").status == .tooManyRequests)
            #expect(try await Self.guess(counter, pin: CounterFixture.pin, from: "192.168.1.10").status == .seeOther)
            #expect(
                try await Self.guess(counter, "usr_beto", pin: CounterFixture.pin, from: "10.0.2.1").status == .seeOther
            )
            counter.time.pass(.seconds(3_600))
            #expect(try await Self.guess(counter, pin: CounterFixture.pin, from: "10.0.2.1").status == .seeOther)
        }
    }

    @Test func `a session that is not used, or a day old, is over`() async throws {
        try await CounterFixture.run { counter in
            let idle = try await counter.signIn()
            counter.time.pass(CounterSessions.idleLimit - .seconds(1))
            #expect(try await idle.get("/mostrador").status == .ok)
            counter.time.pass(CounterSessions.idleLimit)
            #expect(try await idle.get("/mostrador").location == "/mostrador/entrar")
            let busy = try await counter.signIn()
            for _ in 0..<36 {
                #expect(try await busy.get("/mostrador").status == .ok)
                counter.time.pass(.seconds(1_200))
            }
            #expect(try await busy.get("/mostrador").location == "/mostrador/entrar")
        }
    }

    @Test func `who leaves is out, and only they`() async throws {
        try await CounterFixture.run { counter in
            let (ana, again) = (try await counter.signIn(), try await counter.signIn())
            #expect(try await ana.post("/mostrador/salir", ["llave": "x"]).status == .forbidden)
            let left = try await ana.post("/mostrador/salir", ["llave": try await ana.formKey()])
            #expect(left.location == "/mostrador/entrar")
            #expect(try await ana.get("/mostrador").status == .seeOther)
            #expect(try await again.get("/mostrador").status == .ok)
        }
    }

    @Test func `who is disabled, or gets another PIN, is out when the document comes into force`() async throws {
        let other = CounterFixture.hash.replacing("AAEC", with: "BBEC")
        for cashiers in [[CounterFixture.beto], [CounterFixture.cashier("usr_ana", "Ana", hash: other)]] {
            try await CounterFixture.run { counter in
                let ana = try await counter.signIn()
                let form = try await ana.chargeForm()
                try counter.activate(try CounterFixture.site(cashiers: cashiers))
                #expect(try await ana.post(CounterVisitor.hour, form).location == "/mostrador/entrar?fin=1")
                try counter.activate(try CounterFixture.site(cashiers: [CounterFixture.ana]))
                #expect(try await ana.get("/mostrador").location == "/mostrador/entrar")
                #expect(try await counter.count("counter_sale") == 0)
            }
        }
    }

    @Test func `a shop without cashiers is told what to do`() async throws {
        try await CounterFixture.run(cashiers: []) { counter in
            let page = try await CounterVisitor(client: counter.client).get("/mostrador/entrar")
            #expect(page.body.contains("Todavía no hay cajeros"))
        }
    }
}
