import Conekta
import Foundation
import Outbound
import TestSupport
import Testing

@Suite struct CreateOrderTests {
    @Test func whatIsSent() async throws {
        let conekta = try Harness { _ in .http(200, Recorded.order(status: "null", charges: "null")) }
        defer { conekta.server.stop() }
        #expect(await conekta.createOrder() == .created(conekta.orderID))
        let request = try #require(conekta.server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/orders")
        #expect(request.headers["accept"] == "application/vnd.conekta-v2.3.0+json")
        #expect(request.headers["accept-language"] == "es")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["authorization"] == "Bearer key_private")
        let expected = """
            {"currency":"MXN",
            "customer_info":{"name":"Ana Pérez","email":"ana@example.mx","phone":"0000000000",
            "metadata":{"soft_validations":true}},
            "line_items":[{"name":"WiFi 24h","unit_price":5000,"quantity":1}],
            "metadata":{"purchase_id":"pur_1"}}
            """
        #expect(try json(request.body) == json(expected))
    }

    @Test func theShippingContactOfAnAccountThatDemandsOne() async throws {
        let conekta = try Harness(sendsShippingContact: true) { _ in .http(200, "{\"id\":\"ord_1\"}") }
        defer { conekta.server.stop() }
        _ = await conekta.createOrder(customerName: "  ")
        let body = try json(try #require(conekta.server.requests.first).body)
        let expected = """
            {"phone":"0000000000","receiver":"Cliente","address":{"street1":"Pendiente","city":"Pendiente",
            "state":"Pendiente","country":"MX","postal_code":"00000"},"metadata":{"soft_validations":true}}
            """
        #expect(try body["shipping_contact"] as? NSDictionary == json(expected))
        #expect((body["customer_info"] as? NSDictionary)?["name"] as? String == "Cliente")
    }

    @Test(arguments: [
        ("1h", "Ficha 1h"), ("", "Ficha "), ("24h", "24h"),
        (String(repeating: "ñ", count: 300), String(repeating: "ñ", count: 249)),
    ])
    func theNameOfTheLineItem(product: String, sent: String) async throws {
        let conekta = try Harness { _ in .http(200, "{\"id\":\"ord_1\"}") }
        defer { conekta.server.stop() }
        _ = await conekta.createOrder(productName: product)
        let body = try json(try #require(conekta.server.requests.first).body)
        #expect(((body["line_items"] as? NSArray)?[0] as? NSDictionary)?["name"] as? String == sent)
    }

    @Test(arguments: [
        (400, Recorded.error("malformed_request_error", "x"), ConektaRejection.Kind.malformed),
        (401, Recorded.error("authentication_error", "authentication.unrecognized_key"), .authentication),
        (403, Recorded.error("processing_error", "forbidden.authentication.invalid_whitelist_access"), .forbidden),
        (409, Recorded.error("conflict_error", "x"), .conflict),
        (
            422, Recorded.error("parameter_validation_error", "parameter_validation.shipping_contact.missing"),
            .invalidParameter
        ),
        (429, Recorded.error("error", "x"), .tooManyRequests), (418, Recorded.error("error", "x"), .other(status: 418)),
    ])
    func rejected(status: Int, body: String, kind: ConektaRejection.Kind) async throws {
        let conekta = try Harness { _ in .http(status, body) }
        defer { conekta.server.stop() }
        guard case .rejected(let rejection) = await conekta.createOrder() else {
            Issue.record("not rejected")
            return
        }
        #expect(rejection.kind == kind)
        #expect(rejection.code != nil)
        #expect(rejection.logID == "640751978bb237000129ebc5")
        #expect(conekta.server.requests.count == 1)
    }

    @Test(arguments: [
        (500, Recorded.error("api_error", "api.system.general_failure"), ConektaDoubt.status(500)),
        (502, "<html>Bad Gateway</html>", .status(502)), (302, "", .status(302)), (408, "", .status(408)),
        (418, "{}", .unreadable(status: 418)), (401, "", .unreadable(status: 401)), (200, "", .unreadable(status: 200)),
        (200, "{\"object\":\"order\"}", .unreadable(status: 200)), (200, "<html>", .unreadable(status: 200)),
    ])
    func unknown(status: Int, body: String, doubt: ConektaDoubt) async throws {
        let conekta = try Harness { _ in .http(status, body) }
        defer { conekta.server.stop() }
        #expect(await conekta.createOrder() == .unknown(doubt))
        #expect(conekta.server.requests.count == 1)
    }

    private func json(_ text: String) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
    }
}
