import ConektaSimulator
import Shared
import Testing

struct FaultsTests {
    private func send(_ desk: Desk, _ orderID: String) -> ConektaReply {
        desk.core.handle(
            desk.request("POST", "/orders/\(orderID)/charges", Desk.chargeBody("tok_test_visa_4242", reference: "p-1"))
        )
    }

    @Test(arguments: [
        (Fault(.never, answer: .closed), 0), (Fault(.once, answer: .closed), 1),
        (Fault(.never, answer: .error(status: 500)), 0), (Fault(.once, answer: .error(status: 503)), 1),
        (Fault(.never, answer: .html(status: 502)), 0), (Fault(.once, answer: .html(status: 502)), 1),
        (Fault(.never, answer: .silence), 0), (Fault(.once, answer: .silence), 1),
        (Fault(.once, answer: .cutBody), 1), (Fault(.never), 0), (Fault(.never, answer: .error(status: 429)), 0),
    ])
    func `a fault executes or not, whatever its caller sees`(fault: Fault, paid: Int) throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        desk.core.script(fault, on: .createCharge)
        let reply = send(desk, orderID)
        switch fault.answer {
        case .closed: #expect(reply.delivery == .closed)
        case .silence: #expect(reply.delivery == .silence)
        case .whole, .altered: Issue.record("a fault that answers as usual")
        case .html(let status):
            #expect(reply.answer?.status == status)
            #expect(reply.answer?.json == nil)
        case .error(let status):
            #expect(reply.answer?.status == status)
            #expect(reply.answer?.json?["object"] == "error")
        case .cutBody:
            guard case .cut(let response, let bytes) = reply.delivery else {
                Issue.record("not cut")
                return
            }
            #expect(bytes > 0 && bytes < response.body.count)
        }
        #expect(desk.core.snapshot.capturedCents == Int64(paid) * 5_000)
        #expect(desk.core.snapshot.requests.chargePostsByOrder[orderID] == 1)
    }

    @Test(arguments: [
        (400, "malformed_request_error", "malformed_request.invalid_json"),
        (401, "authentication_error", "authentication.unrecognized_key"),
        (402, "processing_error", "processing.charge.card_payment.general_error"),
        (403, "processing_error", "forbidden.authentication.invalid_whitelist_access"),
        (404, "resource_not_found_error", "resource_not_found.entity"),
        (409, "conflict_error", "conflict.api_version"),
        (422, "parameter_validation_error", "parameter_validation.charges.invalid"),
        (428, "precondition_required_error", "precondition_required.combo.order.cannot_be_updated_because_has_charge"),
        (429, "rate_limit_error", "rate_limit.exceeded"), (500, "api_error", "api.system.general_failure"),
        (503, "api_error", "api.system.general_failure"),
    ])
    func `a call is refused with any status, in Conekta's own words for it`(
        status: Int,
        type: String,
        code: String
    ) throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        desk.core.script(Fault(.never, answer: .error(status: status)), on: .createCharge)
        let answer = try #require(send(desk, orderID).answer)
        #expect(answer.status == status)
        #expect(answer.json?["object"] == "error")
        #expect(answer.json?["type"] == .string(type))
        #expect(answer.json?["details"]?[0]?["code"] == .string("conekta.errors." + code))
        #expect(answer.json?["log_id"]?.text?.isEmpty == false)
        #expect(desk.core.snapshot.capturedCents == 0)
    }

    @Test(arguments: [
        (AnswerAlteration.currency("USD"), ("USD", "paid", "p-1")),
        (.chargeStatus("en_el_limbo"), ("MXN", "en_el_limbo", "p-1")),
        (.foreignOrder, ("MXN", "paid", "otro")),
    ])
    func `an answer can say what is not so`(alteration: AnswerAlteration, seen: (String, String, String)) throws {
        let desk = Desk()
        let orderID = try desk.paidOrder()
        desk.core.script(Fault(answer: .altered(alteration)), on: .getOrder)
        let wrong = try #require(desk.call("GET", "/orders/\(orderID)")?.json)
        let charge = try #require(wrong["charges"]?["data"]?[0])
        #expect(wrong["currency"]?.text == seen.0)
        #expect(charge["currency"]?.text == seen.0)
        #expect(charge["status"]?.text == seen.1)
        #expect(wrong["metadata"]?["purchase_id"]?.text == seen.2)
        let right = try #require(desk.call("GET", "/orders/\(orderID)")?.json)
        #expect(right["metadata"]?["purchase_id"] == "p-1")
        desk.core.script(Fault(.never, answer: .altered(alteration)), on: .getOrder)
        #expect(desk.call("GET", "/orders/\(orderID)") == nil)
    }

    @Test func `the call after a fault is served as usual`() throws {
        let desk = Desk()
        desk.core.script(Fault(.never), on: .createCharge)
        let orderID = try desk.openOrder()
        #expect(send(desk, orderID).answer == nil)
        #expect(send(desk, orderID).answer?.status == 200)
        #expect(desk.core.snapshot.requests.chargePostsByReference == ["p-1": 2])
    }

    @Test func `a fault skips, repeats and ends`() throws {
        let desk = Desk()
        desk.core.script(Fault(.never), on: .getOrder, skipping: 1, times: 2)
        let orderID = try desk.openOrder()
        let answers = (0..<5).map { _ in desk.call("GET", "/orders/\(orderID)") != nil }
        #expect(answers == [true, false, false, true, true])
        #expect(desk.core.snapshot.faultsToCome == 0)
    }

    @Test func `a fault may be about one order`() throws {
        let desk = Desk()
        let (struck, spared) = (try desk.openOrder(), try desk.openOrder())
        desk.core.script(Fault(.never), orderID: struck)
        #expect(desk.call("GET", "/orders/\(spared)") != nil)
        #expect(desk.call("GET", "/orders/\(struck)") == nil)
        #expect(desk.call("GET", "/orders/\(struck)") != nil)
    }

    @Test func `faults that have not struck are forgotten on request`() throws {
        let desk = Desk()
        desk.core.script(Fault(.never), times: 3)
        desk.core.clearFaults()
        #expect(desk.call("GET", "/orders") != nil)
    }

    @Test func `a late charge happens when its time comes, as of that time`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        desk.core.script(Fault(.late(after: .seconds(90))), on: .createCharge)
        #expect(send(desk, orderID).delivery == .closed)
        desk.core.advance(by: .seconds(89))
        #expect(desk.core.snapshot.capturedCents == 0)
        #expect(desk.core.snapshot.lateCalls == 1)
        desk.core.advance(by: .seconds(3_600))
        #expect(desk.core.snapshot.capturedCents == 5_000)
        #expect(desk.core.order(orderID)?.charges.first?.paidAt == Desk.start + .seconds(90))
    }

    @Test func `late calls happen in the order of their times`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        desk.core.script(Fault(.late(after: .seconds(20))), on: .createCharge)
        desk.core.script(Fault(.late(after: .seconds(10))), on: .cancelOrder)
        _ = send(desk, orderID)
        _ = desk.call("POST", "/orders/\(orderID)/cancel")
        desk.core.advance(by: .seconds(60))
        #expect(desk.core.order(orderID)?.isCanceled == true)
        #expect(desk.core.snapshot.capturedCents == 0)
    }

    @Test func `a late charge finds its token dead after ten minutes`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        desk.core.script(Fault(.late(after: .seconds(601))), on: .createCharge)
        _ = desk.charge(orderID, desk.core.makeToken(outcome: .approved))
        desk.core.advance(by: .seconds(700))
        #expect(desk.core.snapshot.capturedCents == 0)
        #expect(desk.core.snapshot.lateCalls == 0)
    }

    @Test func `a charge sent twice on the way is taken once`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        desk.core.script(Fault(.twice), on: .createCharge)
        #expect(send(desk, orderID).answer?.status == 428)
        #expect(desk.core.snapshot.capturedCents == 5_000)
    }

    @Test func `a charge of another amount shows in the order and the ledger`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        desk.core.script(Fault(.otherAmount(cents: 50_000)), on: .createCharge)
        #expect(send(desk, orderID).answer?.json?["amount"] == 50_000)
        let order = try #require(desk.call("GET", "/orders/\(orderID)"))
        #expect(order.json["amount"] == 5_000)
        #expect(order.firstCharge?["amount"] == 50_000)
        #expect(desk.core.snapshot.capturedCents == 50_000)
        #expect(desk.call("POST", "/orders/\(orderID)/refunds", [:])?.json["amount_refunded"] == 50_000)
    }

    @Test func `latency is told by endpoint`() throws {
        let desk = Desk()
        desk.core.setLatency(.milliseconds(20))
        desk.core.setLatency(.seconds(2), for: .listOrders)
        #expect(desk.core.handle(desk.request("GET", "/orders")).latency == .seconds(2))
        #expect(desk.core.handle(desk.request("GET", "/charges")).latency == .milliseconds(20))
    }

    @Test func `reset empties the ledger and never gives an identifier twice`() throws {
        let desk = Desk()
        let before = try desk.paidOrder()
        desk.core.advance(by: .seconds(60))
        desk.core.script(Fault(.never))
        desk.core.reset()
        #expect(desk.core.snapshot.orders.isEmpty)
        #expect(desk.core.snapshot.now == Desk.start)
        #expect(desk.core.snapshot.faultsToCome == 0)
        #expect(try desk.openOrder() != before)
    }
}
