import Foundation
import TestSupport
import Testing

/// What the API says to those who come without a key or with nonsense: a clear error in Spanish, and nothing changed.
@Suite struct HostileInputTests {
    @Test func `without a valid key there is nothing but 401`() async throws {
        var options = RunningSite.Options()
        options.expiredAPIKey = "jwt_vencida"
        try await ExchangeLog.run(options) { site in
            let cases = [
                (nil, "api_key_missing"), ("", "api_key_missing"), ("jwt_otra", "api_key_invalid"),
                ("Bearer jwt_x", "api_key_invalid"), (String(repeating: "j", count: 6_000), "api_key_invalid"),
                ("jwt_vencida", "api_key_expired"),
            ]
            for (key, code) in cases {
                let api = BoxAPI(site: site, apiKey: key)
                let answers = [
                    try await api.get("/config/public"), try await api.get("/catalogo_perfiles_venta"),
                    try await api.get("/payments/pur_00000000000000000000000000"),
                    try await api.pay(token: "tok_test_visa_4242"),
                ]
                for answer in answers {
                    #expect((answer.status, answer.text("error", "code")) == (401, code))
                    #expect(answer.text("error", "request_id")?.isEmpty == false)
                }
            }
            #expect(try await MoneyLedgers(site).conekta.orders.isEmpty)
        }
    }

    @Test func `nonsense is refused with its field, and nothing happens`() async throws {
        try await ExchangeLog.run { site in
            let api = BoxAPI(site: site)
            let token = "tok_test_visa_4242"
            let wrong: [([String: Any?], Int, String)] = [
                (["product_id": nil], 422, "invalid_field"), (["product_id": "1"], 422, "invalid_field"),
                (["product_id": 3.5], 422, "invalid_field"), (["product_id": 999], 422, "unknown_product"),
                (["product_id": -1], 422, "unknown_product"), (["card_token": nil], 422, "invalid_field"),
                (["card_token": "x"], 422, "invalid_field"), (["card_token": "tok 1234567"], 422, "invalid_field"),
                (["card_token": ["a"]], 422, "invalid_field"), (["customer_name": ""], 422, "invalid_field"),
                (["customer_name": String(repeating: "a", count: 121)], 422, "invalid_field"),
                (["customer_name": "Ana\u{0}\n"], 422, "invalid_field"),
                (["customer_email": "nadie"], 422, "invalid_field"),
                (["customer_email": "a@@b.mx"], 422, "invalid_field"),
                (["mac_address": "zz"], 422, "invalid_field"), (["auto_connect": "si"], 422, "invalid_field"),
            ]
            for (changes, status, code) in wrong {
                let answer = try await api.pay(token: token, changes: changes)
                #expect((answer.status, answer.text("error", "code")) == (status, code), "\(changes)")
                #expect(answer.text("error", "message")?.isEmpty == false)
            }
            let bodies = [
                ("", 400), ("{", 400), ("[]", 422), ("null", 422),
                (String(repeating: "[", count: 5_000), 400), (String(repeating: " ", count: 20_000), 413),
            ]
            for (body, status) in bodies {
                #expect(try await api.pay(body: Data(body.utf8)).status == status, "\(body.prefix(20))")
            }
            let form = ["Content-Type": "application/x-www-form-urlencoded"]
            #expect(try await api.pay(body: Data("product_id=1".utf8), headers: form).status == 415)
            let key = try await api.pay(token: token, key: String(repeating: "k", count: 129))
            #expect(key.text("error", "code") == "invalid_field")
            #expect(try await MoneyLedgers(site).conekta.orders.isEmpty)
            let unknown = ["/payments/pur_00000000000000000000000000", "/payments/1", "/payments/%27", "/nada"]
            for path in unknown {
                #expect(try await api.get(path).text("error", "code") == "not_found")
            }
        }
    }

    @Test func `the catalogue is in order, cacheable, and open to pages of routers`() async throws {
        try await ExchangeLog.run { site in
            let api = BoxAPI(site: site)
            let catalogue = try await api.get("/catalogo_perfiles_venta")
            let products = try #require(catalogue.value("products") as? [[String: Any]])
            #expect(products.compactMap { $0["id"] as? Int } == [1, 2, 3])
            #expect(products.map { $0["featured"] as? Bool } == [false, true, false])
            #expect(products.first?["price_cents"] as? Int == 1_000)
            #expect(products.first?["duration_seconds"] as? Int == 3_600)
            #expect(products.first?["clock"] as? String == "corrido")
            #expect(catalogue.headers["access-control-allow-origin"] == "*")
            let tag = try #require(catalogue.headers["etag"])
            #expect(try await api.get("/catalogo_perfiles_venta", headers: ["If-None-Match": tag]).status == 304)
            let preflight = try await api.send(
                "OPTIONS",
                "/payments/pagar-conekta",
                body: nil,
                headers: ["Origin": "http://10.5.50.1", "Access-Control-Request-Method": "POST"]
            )
            #expect(preflight.status == 204)
            #expect(preflight.headers["access-control-allow-headers"]?.contains("X-API-Key") == true)
            let configuration = try await api.get("/config/public")
            #expect(configuration.text("conekta_public_key") == "key_publica_de_prueba_01")
            #expect(configuration.value("card_payments", "available") as? Bool == true)
            #expect(!String(decoding: configuration.body, as: UTF8.self).contains("privada"))
        }
    }

    @Test func `health and metrics tell, and no secret is in what the box says or logs`() async throws {
        try await ExchangeLog.run { site in
            let api = BoxAPI(site: site)
            #expect(try await api.pay(token: "tok_test_visa_4242").status == 200)
            #expect(try await api.pay(token: "tok_test_card_declined").status == 402)
            #expect(try await api.get("/healthz").text("status") == "ok")
            let metrics = try await api.get("/metrics")
            let text = String(decoding: metrics.body, as: UTF8.self)
            #expect(metrics.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(text.contains("process_resident_memory_bytes"))
            #expect(text.contains(#"route="/payments/pagar-conekta""#))
            let said = site.boxLines.joined(separator: "\n") + text
            for secret in ["tok_test", "key_privada", "secreto", RunningSite.apiKey, "ana@example.mx", "Ana Pérez"] {
                #expect(!said.contains(secret), "\(secret)")
            }
            #expect(site.boxLines.contains { $0.contains(#""request_id":""#) })
        }
    }
}
