import Conekta
import Foundation
import Outbound
import Shared
import TestSupport
import Testing

@Suite struct RefundTests {
    private static let refunds = Recorded.list(["{\"object\":\"refund\",\"id\":\"6407b5be\",\"amount\":-5000}"])
    private static let refunded = Recorded.order(
        status: "\"refunded\"",
        charges: Recorded.list([Recorded.charge("refunded", refunds: refunds)]),
        refunded: 5_000
    )

    private func refund(_ conekta: Harness) async -> RefundResult {
        await conekta.client.refund(
            orderID: conekta.orderID,
            amount: Money(cents: 5_000),
            reason: .cannotBeFulfilled
        )
    }

    @Test func accepted() async throws {
        let conekta = try Harness { _ in .http(200, Self.refunded) }
        defer { conekta.server.stop() }
        guard case .accepted(let order) = await refund(conekta) else {
            Issue.record("not accepted")
            return
        }
        #expect(order.amountRefundedCents == 5_000)
        #expect(order.settlement == .refunded)
        let request = try #require(conekta.server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/orders/\(Recorded.orderID)/refunds")
        let sent = try JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? NSDictionary
        #expect(sent == ["amount": 5_000, "reason": "cannot_be_fulfilled"])
    }

    @Test(arguments: [
        (
            428, Recorded.error("precondition_required_error", "precondition_required.combo.order.is_not_returnable"),
            "notRefundable precondition_required.combo.order.is_not_returnable"
        ),
        (
            404, Recorded.error("resource_not_found_error", "resource_not_found.entity"),
            "rejected resource_not_found.entity"
        ),
        (
            422, Recorded.error("parameter_validation_error", "parameter_validation.amount"),
            "rejected parameter_validation.amount"
        ),
        (402, Recorded.error("processing_error", "processing.bank.declined"), "rejected processing.bank.declined"),
        (401, "", "unknown unreadable(status: 401)"), (402, "", "unknown unreadable(status: 402)"),
        (500, "", "unknown status(500)"),
        (200, "{}", "unknown unreadable(status: 200)"), (200, "", "unknown unreadable(status: 200)"),
        (200, Recorded.order(charges: "null", id: "ord_another"), "unknown contradictory"),
    ])
    func answers(status: Int, body: String, expected: String) async throws {
        let conekta = try Harness { _ in .http(status, body) }
        defer { conekta.server.stop() }
        let result =
            switch await refund(conekta) {
            case .accepted: "accepted"
            case .notRefundable(let rejection): "notRefundable \(rejection.code ?? "-")"
            case .rejected(let rejection): "rejected \(rejection.code ?? "-")"
            case .notSent(let failure): "notSent \(failure)"
            case .unknown(let doubt): "unknown \(doubt)"
            }
        #expect(result == expected)
        #expect(conekta.server.requests.count == 1)
    }

    @Test func aLostAnswerIsNotAskedForAgain() async throws {
        let conekta = try Harness { _ in .sendThenReset("") }
        defer { conekta.server.stop() }
        #expect(await refund(conekta) == .unknown(.transport(.connectionLost)))
        #expect(conekta.server.requests.count == 1)
    }
}
