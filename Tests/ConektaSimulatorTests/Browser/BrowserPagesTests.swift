import Foundation
import Shared
import Testing

@testable import ConektaSimulator

struct BrowserPagesTests {
    private func page(_ desk: Desk, _ method: String, _ target: String, body: String = "") -> ConektaResponse? {
        BrowserPages(core: desk.core).answer(ConektaRequest(method: method, target: target, body: Data(body.utf8)))
    }

    /// An order that waits for 3DS, and the path of its page.
    private func challenge(_ desk: Desk, returnURL: String? = nil) throws -> (orderID: String, path: String) {
        let extra = returnURL.map { ["return_url": JSONValue.string($0)] } ?? [:]
        let orderID = try desk.openOrder(extra: extra)
        _ = desk.charge(orderID, desk.core.makeToken(outcome: .challenge))
        let order = desk.call("GET", "/orders/\(orderID)")?.json
        let url = try #require(order?["next_action"]?["redirect_to_url"]?["url"]?.text)
        return (orderID, url.replacing("https://api.conekta.io", with: ""))
    }

    @Test func `the API's paths are left to the API`() {
        let desk = Desk()
        for path in ["/orders", "/tokens", "/companies/current"] {
            #expect(page(desk, "GET", path) == nil, "\(path)")
        }
        #expect(page(desk, "POST", "/v1.0/card") == nil)
    }

    @Test func `the script may be loaded by a page of another origin`() throws {
        let script = try #require(page(Desk(), "GET", "/v1.0/js/conekta-checkout.min.js"))
        #expect(script.headers["content-type"] == "text/javascript; charset=utf-8")
        #expect(script.headers["access-control-allow-origin"] == "*")
        #expect(String(decoding: script.body, as: UTF8.self).contains("ConektaCheckoutComponents"))
    }

    @Test func `the 3DS page asks, and the payer approves`() throws {
        let desk = Desk()
        let (orderID, path) = try challenge(desk)
        let question = try #require(page(desk, "GET", path))
        let text = String(decoding: question.body, as: UTF8.self)
        #expect(text.contains("$50.00 MXN"))
        #expect(text.contains("WiFi de Prueba"))
        #expect(desk.core.snapshot.capturedCents == 0)
        let answer = try #require(page(desk, "POST", path, body: "decision=approve"))
        #expect(answer.status == 200)
        #expect(desk.core.order(orderID)?.capturedCents == 5_000)
    }

    @Test(arguments: ["decision=fail", "", "decision=approve&x=1"])
    func `anything but an approval fails the payment`(body: String) throws {
        let desk = Desk()
        let (orderID, path) = try challenge(desk)
        #expect(page(desk, "POST", path, body: body)?.status == 200)
        #expect(desk.core.order(orderID)?.charges.last?.status == .declined)
    }

    @Test func `the payer is sent back to the shop`() throws {
        let desk = Desk()
        let (_, path) = try challenge(desk, returnURL: "https://portal.example:8443/volver?p=1")
        #expect(page(desk, "GET", path)?.status == 200)
        let answer = try #require(page(desk, "POST", path, body: "decision=approve"))
        #expect(answer.status == 303)
        #expect(answer.headers["location"] == "https://portal.example:8443/volver?p=1")
    }

    @Test func `inside an iframe the shop's page is told instead, and only that page`() throws {
        let desk = Desk()
        let (orderID, path) = try challenge(desk, returnURL: "https://portal.example:8443/volver")
        let answer = try #require(page(desk, "POST", path + "?source=embedded", body: "decision=approve"))
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.status == 200)
        #expect(text.contains(#""order_id":"\#(orderID)","payment_status":"paid"}, "https://portal.example:8443")"#))
    }

    @Test func `a return address that is no web page is not followed`() throws {
        let desk = Desk()
        let (_, path) = try challenge(desk, returnURL: "javascript:alert(1)")
        let answer = try #require(page(desk, "POST", path, body: "decision=approve"))
        #expect(answer.status == 200)
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("javascript:"))
    }

    @Test func `an unknown 3DS page is a 404`() {
        #expect(page(Desk(), "GET", "/3ds/nada")?.status == 404)
    }

    @Test func `text cannot become markup`() {
        #expect(HTMLText.escaped(#"<b a="1">&"#) == "&lt;b a=&quot;1&quot;&gt;&amp;")
        #expect(HTMLText.script("</script>") == #""\u003c/script>""#)
    }
}
