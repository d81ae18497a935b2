import Outbound
import TestSupport
import Testing

@testable import Conekta

/// Reading an order: tried again where that is harmless and may help, and never "missing" without proof.
@Suite(.timeLimit(.minutes(1))) struct OrderLookupTests {
    private static let paid = Recorded.order(charges: Recorded.list([Recorded.charge("paid")]))
    private static let missing = Recorded.error("resource_not_found_error", "resource_not_found.entity")

    @Test func found() async throws {
        let conekta = try Harness { _ in .http(200, Self.paid) }
        defer { conekta.server.stop() }
        guard case .found(let order) = await conekta.client.order(id: conekta.orderID) else {
            Issue.record("not found")
            return
        }
        guard case .paid = order.settlement else {
            Issue.record("\(order.settlement)")
            return
        }
        let request = try #require(conekta.server.requests.first)
        #expect(request.method == "GET")
        #expect(request.path == "/orders/\(Recorded.orderID)")
        #expect(request.headers["accept"] == "application/vnd.conekta-v2.3.0+json")
        #expect(request.headers["content-type"] == nil)
    }

    private static func rejection(_ kind: ConektaRejection.Kind) -> ConektaRejection {
        ConektaRejection(kind: kind, code: "x", logID: "640751978bb237000129ebc5")
    }

    @Test(arguments: [
        (404, missing, OrderLookup.missing),
        (404, Recorded.error("error", "x"), .unavailable(.rejected(rejection(.notFound)))),
        (401, Recorded.error("error", "x"), .unavailable(.rejected(rejection(.authentication)))),
        (200, "{}", .unavailable(.inDoubt(.unreadable(status: 200)))),
        (200, Recorded.order(charges: "null", id: "ord_another"), .unavailable(.inDoubt(.contradictory))),
        (
            200, Recorded.order(charges: "{\"data\":[{\"status\":\"paid\"}]}"),
            .unavailable(.inDoubt(.unreadable(status: 200)))
        ),
    ])
    func answersThatStand(status: Int, body: String, expected: OrderLookup) async throws {
        let conekta = try Harness { _ in .http(status, body) }
        defer { conekta.server.stop() }
        #expect(await conekta.client.order(id: conekta.orderID) == expected)
        #expect(conekta.server.requests.count == 1)
    }

    @Test(arguments: [
        RawReply.http(500), .http(503, "<html>"), .http(429), .http(404, "<html>"), .http(401),
        .sendThenClose("HTTP/1.1 200 OK\r\n"),
    ])
    func aPassingFault(fault: RawReply) async throws {
        let firstTwo = Countdown(2)
        let conekta = try Harness { _ in firstTwo.tick() ? fault : .http(200, Self.paid) }
        defer { conekta.server.stop() }
        async let lookup = conekta.client.order(id: conekta.orderID)
        await conekta.clock.waitForSleepers()
        conekta.clock.advance(by: .milliseconds(300))
        await conekta.clock.waitForSleepers()
        conekta.clock.advance(by: .seconds(1))
        guard case .found = await lookup else {
            Issue.record("not found")
            return
        }
        #expect(conekta.server.requests.count == 3)
    }

    @Test func aLastingFault() async throws {
        let conekta = try Harness { _ in .http(503) }
        defer { conekta.server.stop() }
        async let lookup = conekta.client.order(id: conekta.orderID)
        await conekta.clock.waitForSleepers()
        conekta.clock.advance(by: .milliseconds(299))
        #expect(conekta.server.requests.count == 1)
        conekta.clock.advance(by: .milliseconds(1))
        await conekta.clock.waitForSleepers()
        conekta.clock.advance(by: .seconds(1))
        #expect(await lookup == .unavailable(.inDoubt(.status(503))))
        #expect(conekta.server.requests.count == 3)
    }

    @Test func cancellationEndsThePause() async throws {
        let conekta = try Harness { _ in .http(503) }
        defer { conekta.server.stop() }
        let lookup = Task { await conekta.client.order(id: conekta.orderID) }
        await conekta.clock.waitForSleepers()
        lookup.cancel()
        #expect(await lookup.value == .unavailable(.inDoubt(.status(503))))
        #expect(conekta.server.requests.count == 1)
    }
}
