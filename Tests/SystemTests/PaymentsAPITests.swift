import Foundation
import TestSupport
import Testing

/// The API as portals on routers call it, on the real binary with both simulators.
@Suite struct PaymentsAPITests {
    @Test func `a ficha is bought, delivered and its phone is online`() async throws {
        try await ExchangeLog.run { site in
            let api = BoxAPI(site: site)
            let answer = try await api.pay(token: try await site.conekta.cardToken(), changes: ["auto_connect": true])
            #expect(answer.status == 200)
            #expect(answer.text("status") == "delivered")
            #expect(answer.value("connection", "connected") as? Bool == true)
            #expect(answer.value("amount_cents") as? Int == 1_000)
            let id = try #require(answer.text("purchase_id"))
            let ledgers = try await MoneyLedgers(site)
            #expect(ledgers.users(of: id).map(\.name) == [answer.text("ficha", "username")])
            #expect(ledgers.conekta.orders.filter { $0.purchaseID == id }.map(\.captured) == [1_000])
            #expect(try await api.get("/payments/\(id)").text("ficha", "code") == answer.text("ficha", "code"))
        }
    }

    @Test func `the same request again is the same purchase, another one with its key is a conflict`() async throws {
        try await ExchangeLog.run { site in
            let api = BoxAPI(site: site)
            let card = try await site.conekta.cardToken()
            let first = try await api.pay(token: card, key: "k-1")
            let again = try await api.pay(token: card, key: "k-1")
            #expect(again.text("purchase_id") == first.text("purchase_id"))
            let other = try await api.pay(token: card, key: "k-1", product: 2)
            #expect((other.status, other.text("error", "code")) == (409, "idempotency_conflict"))
            // Without a key the token is the key, unless it is one of Conekta's reusable test tokens.
            let second = try await site.conekta.cardToken()
            let byToken = [try await api.pay(token: second), try await api.pay(token: second)]
            #expect(Set(byToken.map { $0.text("purchase_id") }).count == 1)
            let reusable = [
                try await api.pay(token: "tok_test_visa_4242"), try await api.pay(token: "tok_test_visa_4242"),
            ]
            #expect(Set(reusable.map { $0.text("purchase_id") }).count == 2)
            #expect(try await MoneyLedgers(site).violations(priceCents: 1_000) == [])
        }
    }

    @Test func `a declined card is 402 with a reason, and three of them are enough for an hour`() async throws {
        try await ExchangeLog.run { site in
            let api = BoxAPI(site: site)
            let answer = try await api.pay(token: try await site.conekta.cardToken(for: "4000000000000127"))
            #expect((answer.status, answer.text("error", "code")) == (402, "card_declined"))
            #expect(answer.text("error", "message") == "Tu tarjeta no tiene saldo suficiente. Prueba con otra tarjeta.")
            #expect(answer.text("purchase", "reason") == "insufficient_funds")
            for _ in 0..<2 { _ = try await api.pay(token: try await site.conekta.cardToken(for: "4000000000000002")) }
            let fourth = try await api.pay(token: try await site.conekta.cardToken())
            #expect((fourth.status, fourth.text("error", "code")) == (429, "too_many_requests"))
            #expect(Int(fourth.headers["retry-after"] ?? "").map { $0 > 3_000 } == true)
            #expect(try await MoneyLedgers(site).conekta.orders.count == 3, "no order for who has to wait")
        }
    }

    @Test func `a charge whose answer is lost is 202, and delivered when the order tells`() async throws {
        var options = RunningSite.Options()
        options.environment = ["FICHAS_ANSWER_SECONDS": "1"]
        try await ExchangeLog.run(options) { site in
            let api = BoxAPI(site: site)
            try await site.conekta.post("_control/faults", ["endpoint": "create_charge", "answer": "closed"])
            try await site.conekta.post("_control/faults", ["endpoint": "get_order", "answer": "closed", "times": 9])
            let answer = try await api.pay(token: try await site.conekta.cardToken())
            #expect(answer.status == 202)
            #expect(answer.text("status") == "verifying")
            #expect(answer.value("ficha") == nil)
            let id = try #require(answer.text("purchase_id"))
            #expect(try await settled(id, at: site) == "delivered")
            #expect(try await MoneyLedgers(site).violations(priceCents: 1_000) == [])
        }
    }

    @Test func `a router that says no gets the buyer their money back`() async throws {
        try await ExchangeLog.run { site in
            let fault = ["effect": "trap", "path": "/ip/hotspot/user/add", "message": "not enough permissions (9)"]
            try await site.router.post("faults", fault)
            let answer = try await BoxAPI(site: site).pay(token: try await site.conekta.cardToken())
            #expect((answer.status, answer.text("error", "code")) == (503, "not_delivered_refunded"))
            #expect(answer.text("purchase", "status") == "refunded")
            let order = try #require(try await MoneyLedgers(site).conekta.orders.first)
            #expect((order.captured, order.refunded) == (1_000, 1_000))
        }
    }

    @Test func `a ficha whose profile the router does not have is sold to nobody`() async throws {
        try await ExchangeLog.run { site in
            let words = ["/ip/hotspot/user/profile/remove", "=numbers=1h"]
            try await site.router.post("console", ["words": words])
            let answer = try await BoxAPI(site: site).pay(token: try await site.conekta.cardToken())
            #expect((answer.status, answer.text("error", "code")) == (503, "product_unavailable"))
            #expect(try await MoneyLedgers(site).conekta.orders.isEmpty)
        }
    }

    @Test func `while the router is away nobody is charged`() async throws {
        try await ExchangeLog.run { site in
            try await site.router.post("reboot", ["seconds": 3_600])
            let api = BoxAPI(site: site)
            #expect(await site.boxLine { $0.contains("router connection failed") } != nil)
            #expect(try await api.get("/config/public").text("card_payments", "reason") == "router_away")
            let refused = try await api.pay(token: try await site.conekta.cardToken())
            #expect((refused.status, refused.text("error", "code")) == (503, "router_away"))
            #expect(try await MoneyLedgers(site).conekta.orders.isEmpty)
        }
    }

    @Test func `while Conekta cannot be reached nobody is charged, and the next is not asked for a card`() async throws
    {
        let nobody = try LoopbackSocket(.refuses)
        var options = RunningSite.Options()
        options.environment = ["FICHAS_CONEKTA_URL": "http://127.0.0.1:\(nobody.port)"]
        try await ExchangeLog.run(options) { site in
            let api = BoxAPI(site: site)
            let first = try await api.pay(token: "tok_test_visa_4242")
            #expect((first.status, first.text("error", "code")) == (503, "provider_unreachable"))
            #expect(first.text("purchase", "status") == "abandoned")
            let second = try await api.pay(token: "tok_test_visa_4242")
            #expect((second.status, second.text("error", "code")) == (503, "provider_unreachable"))
            #expect(second.value("purchase") == nil)
            #expect(second.headers["retry-after"] == "30")
            #expect(try await api.get("/config/public").text("card_payments", "reason") == "provider_unreachable")
            withExtendedLifetime(nobody) {}
        }
    }

    @Test func `a key that is taken out of the document opens nothing after a restart`() async throws {
        try await ExchangeLog.run { site in
            #expect(try await BoxAPI(site: site).get("/config/public").status == 200)
            try site.replaceAPIKey(with: "jwt_la.llave.nueva")
            try await site.killAndRestartBox()
            let old = try await BoxAPI(site: site).get("/config/public")
            #expect((old.status, old.text("error", "code")) == (401, "api_key_invalid"))
            #expect(try await BoxAPI(site: site, apiKey: "jwt_la.llave.nueva").get("/config/public").status == 200)
        }
    }

    // MARK: Help

    /// The status of a purchase once it is over, or after half a minute.
    private func settled(_ id: String, at site: RunningSite) async throws -> String? {
        _ = await site.boxLine { $0.contains(id) && EndedPurchase.isTold(by: $0) }
        return try await BoxAPI(site: site).get("/payments/\(id)").text("status")
    }
}
