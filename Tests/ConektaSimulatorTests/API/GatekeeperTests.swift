import ConektaSimulator
import Foundation
import Shared
import Testing

struct GatekeeperTests {
    @Test(
        arguments: [
            (["Authorization": ""], 401, "authentication.missing_key"),
            (["Authorization": "Bearer key_otra"], 401, "authentication.unrecognized_key"),
            (["Authorization": "Bearer key_publica_de_prueba_01"], 401, "authentication.unrecognized_key"),
            (["Accept": "application/json"], 409, "conflict.api_version"),
            (["Accept": "application/vnd.conekta-v2.2.0+json"], 409, "conflict.api_version"),
            (["Content-Type": "text/plain"], 400, "malformed_request.invalid_json"),
        ] as [([String: String], Int, String)]
    )
    func `a call without key, version or JSON is refused`(headers: [String: String], status: Int, code: String) throws {
        let desk = Desk()
        let answer = try #require(desk.call("POST", "/orders", Desk.orderBody(), headers: headers))
        #expect(answer.status == status)
        #expect(answer.code == code)
        #expect(desk.core.snapshot.orders.isEmpty)
    }

    @Test func `the key may come as the user of Basic`() {
        let desk = Desk()
        let basic = Data((desk.core.account.privateKey.reveal() + ":").utf8).base64EncodedString()
        let headers = ["Authorization": "Basic \(basic)"]
        #expect(desk.call("POST", "/orders", Desk.orderBody(), headers: headers)?.status == 200)
    }

    @Test func `tokens are made with the public key only`() {
        let desk = Desk()
        let headers = ["Authorization": "Bearer \(desk.core.account.privateKey.reveal())"]
        #expect(desk.call("POST", "/tokens", [:], headers: headers)?.status == 401)
        #expect(desk.call("POST", "/tokens", [:])?.status == 422)
    }

    @Test func `broken JSON is a 400`() throws {
        let desk = Desk()
        var request = desk.request("POST", "/orders")
        request.body = Data("{\"currency\":".utf8)
        #expect(desk.core.handle(request).answer?.status == 400)
    }

    @Test func `messages are Spanish unless English is asked for`() throws {
        let desk = Desk()
        let spanish = try #require(desk.call("GET", "/orders/ord_x")?.json["details"]?[0])
        let english = try #require(
            desk.call("GET", "/orders/ord_x", headers: ["Accept-Language": "en"])?.json["details"]?[0]
        )
        #expect(spanish["message"] != english["message"])
        #expect(spanish["debug_message"] == english["debug_message"])
        #expect(english["message"] == english["debug_message"])
    }

    @Test func `answers carry the recorded headers`() throws {
        let desk = Desk()
        let response = try #require(desk.core.handle(desk.request("GET", "/orders")).answer)
        #expect(response.headers["content-type"] == "application/vnd.conekta-v2.3.0+json; charset=utf-8")
        #expect(response.headers["conekta-media-type"] == "conekta-v2.3.0; format=application/json")
        #expect(response.headers["access-control-allow-origin"] == "*")
    }

    @Test func `a browser may ask before it tokenizes`() throws {
        let response = try #require(Desk().core.handle(ConektaRequest(method: "OPTIONS", target: "/tokens")).answer)
        #expect(response.status == 204)
        #expect(response.headers["access-control-allow-headers"]?.contains("Authorization") == true)
        #expect(response.headers["access-control-allow-methods"]?.contains("POST") == true)
    }

    @Test func `an unknown path is a 404`() {
        #expect(Desk().call("GET", "/webhooks")?.status == 404)
    }
}
