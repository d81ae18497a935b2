import Foundation
import TestSupport

/// A phone of its own that buys once: another address and another MAC for each, because the box bounds what one asks.
struct Buyer: Sendable {
    let number: Int

    /// 127.1.0.1 and on.
    var address: String { "127.\(1 + number / 62_500).\(number / 250 % 250).\(number % 250 + 1)" }
    var macAddress: String { String(format: "02:00:00:%02X:%02X:%02X", number >> 16, number >> 8 & 255, number & 255) }

    /// Puts phones into the router's reach.
    static func register(_ numbers: Range<Int>, at site: BenchSite) async throws {
        for buyer in numbers.map(Buyer.init) {
            try await site.router.post("phones", ["mac": buyer.macAddress, "ip": buyer.address])
        }
    }

    /// Buys a ficha.
    ///
    /// - Parameter connects: The phone goes online with it as well, which takes the router nine commands more.
    /// - Returns: Milliseconds from connecting to the box until its whole answer was there.
    /// - Throws: When the ficha was not delivered or the phone not connected.
    func buy(at site: BenchSite, connects: Bool) throws -> Double {
        let start = ContinuousClock.now
        _ = try purchase(at: site, connects: connects)
        return (ContinuousClock.now - start).milliseconds
    }

    /// As ``buy(at:connects:)``.
    ///
    /// - Returns: The box's answer.
    func purchase(at site: BenchSite, connects: Bool) throws -> String {
        let body = """
            {"product_id":1,"card_token":"tok_test_visa_4242","customer_name":"Ana Pérez",\
            "customer_email":"ana@example.mx","mac_address":"\(macAddress)","auto_connect":\(connects)}
            """
        let head = [
            "POST /payments/pagar-conekta HTTP/1.1", "X-API-Key: \(BenchSite.apiKey)",
            "Content-Type: application/json", "Idempotency-Key: buyer-\(number)",
        ]
        let answer = try PlainHTTP.send(head, body: body, to: site.port, from: address)
        let proof = connects ? "\"connected\":true" : "\"status\":\"delivered\""
        guard answer.status == 200, answer.body.contains(proof) else {
            throw PlainHTTP.Failure(description: "a sale ended otherwise: \(answer.status) \(answer.body)")
        }
        return answer.body
    }
}
