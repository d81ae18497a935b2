import Conekta
import Foundation
import Outbound
import Shared
import TestSupport
import Testing

/// For each status and body: what the caller is told. A POST is sent once, whatever comes back.
@Suite(.timeLimit(.minutes(1))) struct CreateChargeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let status: Int
        let body: String
        let expected: String
        var testDescription: String { "\(status) → \(expected)" }
    }

    private static let declinedOrder = Recorded.order(
        status: "",
        charges: Recorded.list([Recorded.charge("declined", failure: "\"insufficient_funds\"")])
    )

    private static func declined(_ code: String, data: String? = declinedOrder) -> String {
        Recorded.error("processing_error", code, data: data)
    }

    static let rows = [
        // The charge itself, which is what is documented.
        Row(status: 200, body: Recorded.charge("paid"), expected: "looksPaid"),
        Row(status: 201, body: Recorded.charge("paid", reference: "null"), expected: "looksPaid"),
        Row(status: 200, body: "{\"id\":\"a\",\"status\":\"paid\"}", expected: "looksPaid"),
        Row(status: 200, body: Recorded.charge("pending_payment"), expected: "pending -"),
        Row(
            status: 200,
            body: Recorded.charge("declined", failure: "\"insufficient_funds\""),
            expected: "declined insufficient_funds"
        ),
        Row(status: 200, body: Recorded.charge("declined"), expected: "declined declined"),
        Row(status: 200, body: Recorded.charge("something_new"), expected: "unknown contradictory"),
        Row(status: 200, body: Recorded.charge("refunded"), expected: "unknown contradictory"),
        Row(status: 200, body: Recorded.charge("paid", order: "ord_another"), expected: "unknown contradictory"),
        Row(
            status: 200,
            body: Recorded.charge("declined", reference: "\"pur_2#1\""),
            expected: "unknown contradictory"
        ),
        // An order, which is tolerated and which a payment that waits for 3-D Secure is.
        Row(
            status: 200,
            body: Recorded.order(charges: Recorded.list([Recorded.charge("paid")])),
            expected: "looksPaid"
        ),
        Row(
            status: 200,
            body: Recorded.order(status: "\"pending_payment\"", charges: "null", nextAction: Recorded.threeDSecure),
            expected: "pending https://3ds-pay.conekta.com/0b7c"
        ),
        Row(status: 200, body: declinedOrder, expected: "declined insufficient_funds with order"),
        Row(status: 200, body: Recorded.order(status: "null", charges: "null"), expected: "unknown contradictory"),
        Row(
            status: 200,
            body: Recorded.order(charges: Recorded.list([Recorded.charge("paid")]), id: "ord_another"),
            expected: "unknown contradictory"
        ),
        Row(
            status: 200,
            body: Recorded.order(
                charges: Recorded.list([Recorded.charge("paid", id: "a"), Recorded.charge("paid", id: "b")])
            ),
            expected: "unknown contradictory"
        ),
        // Successes that say nothing.
        Row(status: 200, body: "", expected: "unknown unreadable 200"),
        Row(status: 200, body: "<html>", expected: "unknown unreadable 200"),
        Row(status: 200, body: "{\"object\":\"charge\",\"status\":\"paid\"}", expected: "unknown unreadable 200"),
        Row(
            status: 200,
            body: "{\"object\":\"event\",\"id\":\"a\",\"status\":\"paid\"}",
            expected: "unknown unreadable 200"
        ),
        Row(status: 204, body: "", expected: "unknown unreadable 204"),
        // Declined.
        Row(
            status: 402,
            body: declined("processing.bank.insufficient_funds"),
            expected: "declined insufficient_funds with order"
        ),
        Row(
            status: 402,
            body: declined("processing.bank.insufficient_funds", data: nil),
            expected: "declined insufficient_funds"
        ),
        Row(
            status: 402,
            body: declined("processing.charge.card_payment.suspicious_behaviour"),
            expected: "declined declined with order"
        ),
        Row(
            status: 402,
            body: declined("processing.something.new"),
            expected: "declined insufficient_funds with order"
        ),
        Row(status: 402, body: declined("processing.something.new", data: nil), expected: "declined declined"),
        Row(
            status: 402,
            body: declined("processing.bank.declined", data: "{\"broken\":1}"),
            expected: "declined declined"
        ),
        Row(status: 402, body: declined("processing.tokenization.used", data: nil), expected: "tokenUsed"),
        Row(status: 402, body: declined("processing.tokenization.used"), expected: "tokenUsed"),
        Row(
            status: 422,
            body: Recorded.error(
                "parameter_validation_error",
                "parameter_validation.charge.international_card_not_allowed"
            ),
            expected: "declined international_card"
        ),
        Row(
            status: 422,
            body: Recorded.error(
                "parameter_validation_error",
                "parameter_validation.payment_method.token_id.nonexistent_token"
            ),
            expected: "declined card_data_expired"
        ),
        // A no that comes with an order that may hold money is no no.
        Row(
            status: 402,
            body: declined(
                "processing.bank.declined",
                data: Recorded.order(
                    charges: Recorded.list([Recorded.charge("declined"), Recorded.charge("paid", id: "b")])
                )
            ),
            expected: "unknown contradictory"
        ),
        Row(
            status: 402,
            body: declined(
                "processing.tokenization.used",
                data: Recorded.order(charges: Recorded.list([Recorded.charge("paid")]))
            ),
            expected: "unknown contradictory"
        ),
        Row(
            status: 402,
            body: declined(
                "processing.bank.declined",
                data: Recorded.order(status: "", charges: "null", id: "ord_another")
            ),
            expected: "unknown contradictory"
        ),
        // Refused before any card was asked.
        Row(status: 400, body: Recorded.error("malformed_request_error", "x"), expected: "rejected malformed"),
        Row(
            status: 401,
            body: Recorded.error("authentication_error", "authentication.missing_key"),
            expected: "rejected authentication"
        ),
        Row(
            status: 403,
            body: Recorded.error("processing_error", "forbidden.authentication.invalid_whitelist_access"),
            expected: "rejected forbidden"
        ),
        // Not Conekta's words: whatever stands before it may have handed the charge on.
        Row(status: 403, body: "<html>", expected: "unknown unreadable 403"),
        Row(status: 404, body: "", expected: "unknown unreadable 404"),
        Row(status: 409, body: "{}", expected: "unknown unreadable 409"),
        Row(
            status: 404,
            body: Recorded.error("resource_not_found_error", "resource_not_found.entity"),
            expected: "rejected notFound"
        ),
        Row(
            status: 422,
            body: Recorded.error(
                "parameter_validation_error",
                "parameter_validation.combo.order.currency_type.card.minimum"
            ),
            expected: "rejected invalidParameter"
        ),
        Row(
            status: 428,
            body: Recorded.error(
                "precondition_required_error",
                "precondition_required.combo.order.cannot_be_updated_because_has_charge_paid"
            ),
            expected: "rejected precondition has charge"
        ),
        Row(
            status: 422,
            body: Recorded.error(
                "parameter_validation_error",
                "precondition_required.combo.order.cannot_be_updated_because_has_charge"
            ),
            expected: "rejected invalidParameter has charge"
        ),
        Row(status: 429, body: Recorded.error("error", "x"), expected: "rejected tooManyRequests"),
        Row(status: 429, body: "", expected: "unknown unreadable 429"),
        // Answers that may not be Conekta's, and those that say nothing about the money.
        Row(status: 402, body: "<html>", expected: "unknown unreadable 402"),
        Row(
            status: 402,
            body: "{\"details\":[{\"code\":\"conekta.errors.processing.bank.declined\"}]}",
            expected: "unknown unreadable 402"
        ),
        Row(status: 402, body: Recorded.error("processing_error", "a b\\nc"), expected: "unknown unreadable 402"),
        Row(status: 405, body: "", expected: "unknown unreadable 405"),
        Row(status: 408, body: Recorded.error("x", "x"), expected: "unknown status 408"),
        Row(status: 302, body: "", expected: "unknown status 302"),
        Row(
            status: 500,
            body: Recorded.error("api_error", "api.system.general_failure"),
            expected: "unknown status 500"
        ),
        Row(status: 502, body: "<html>", expected: "unknown status 502"),
        Row(status: 503, body: "", expected: "unknown status 503"),
        Row(status: 504, body: "", expected: "unknown status 504"),
    ]

    @Test(arguments: rows) func answers(row: Row) async throws {
        let conekta = try Harness { _ in .http(row.status, row.body) }
        defer { conekta.server.stop() }
        #expect(Self.describe(await conekta.charge()) == row.expected)
        #expect(conekta.server.requests.count == 1)
    }

    @Test(arguments: [
        (RawReply.sendThenReset(""), ConektaDoubt.transport(.connectionLost)),
        (.sendThenClose(""), .transport(.connectionLost)),
        (
            .sendThenClose("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"object\":\"charge\",\"st"),
            .transport(.answerCut)
        ),
        // Without a length nothing tells that the answer is cut but the JSON itself.
        (.sendThenClose("HTTP/1.1 200 OK\r\n\r\n{\"object\":\"charge\",\"id\":\"a\",\"st"), .unreadable(status: 200)),
        (.sendThenClose("HTTP/1.1 402 Declined\r\n\r\n{\"object\":\"error\","), .unreadable(status: 402)),
    ])
    func cutReplies(reply: RawReply, doubt: ConektaDoubt) async throws {
        let conekta = try Harness { _ in reply }
        defer { conekta.server.stop() }
        #expect(await conekta.charge() == .unknown(doubt))
        #expect(conekta.server.requests.count == 1)
    }

    @Test(arguments: [
        RawReply.silence, .drip(RawReply.httpText(200, Recorded.charge("paid")), everyMilliseconds: 50),
    ])
    func slowReplies(reply: RawReply) async throws {
        // A slow machine may not even have sent the request by then; it gets more time.
        for milliseconds in [250, 1_000, 4_000, 16_000] {
            // With the other timeout a charge would outlast the test's time limit.
            let timeouts = ConektaConfiguration.Timeouts(charge: .milliseconds(milliseconds), other: .seconds(300))
            let conekta = try Harness(timeouts: timeouts) { _ in reply }
            defer { conekta.server.stop() }
            let result = await conekta.charge()
            if result == .notSent(.timedOut) { continue }
            #expect(result == .unknown(.transport(.timedOut)))
            await conekta.server.waitForRequests(1)
            #expect(conekta.server.requests.count == 1)
            return
        }
        Issue.record("the request was never sent")
    }

    @Test func notSent() async throws {
        let port = try LoopbackSocket(.refuses)
        let conekta = try Harness(baseURL: "http://127.0.0.1:\(port.port)") { _ in .http(200) }
        defer { conekta.server.stop() }
        #expect(await conekta.charge() == .notSent(.cannotConnect))
    }

    @Test func whatIsSent() async throws {
        let conekta = try Harness { _ in .http(200, Recorded.charge("paid")) }
        defer { conekta.server.stop() }
        guard case .looksPaid(let charge) = await conekta.charge() else {
            Issue.record("not paid")
            return
        }
        #expect(charge.amount == Money(cents: 5_000))
        #expect(charge.referenceID == "pur_1#1")
        let request = try #require(conekta.server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/orders/\(Recorded.orderID)/charges")
        #expect(request.headers["authorization"] == "Bearer key_private")
        let sent = try JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? NSDictionary
        let expected: NSDictionary = [
            "amount": 5_000, "reference_id": "pur_1#1",
            "payment_method": ["type": "card", "token_id": "tok_2znSecret"],
        ]
        #expect(sent == expected)
    }

    static func describe(_ result: ChargeResult) -> String {
        switch result {
        case .looksPaid: "looksPaid"
        case .pending(let url): "pending \(url ?? "-")"
        case .declined(let reason, let order): "declined \(reason.rawValue)\(order == nil ? "" : " with order")"
        case .tokenUsed: "tokenUsed"
        case .rejected(let rejection): "rejected \(rejection.kind)\(rejection.orderHasCharge ? " has charge" : "")"
        case .notSent(let failure): "notSent \(failure)"
        case .unknown(.transport(let failure)): "unknown \(failure)"
        case .unknown(.status(let status)): "unknown status \(status)"
        case .unknown(.unreadable(let status)): "unknown unreadable \(status)"
        case .unknown(.contradictory): "unknown contradictory"
        }
    }
}
