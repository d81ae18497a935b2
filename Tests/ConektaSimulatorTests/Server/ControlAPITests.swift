import Foundation
import Shared
import Testing

@testable import ConektaSimulator

struct ControlAPITests {
    private let desk = Desk()

    private func control(_ method: String, _ path: String, _ body: JSONValue? = nil) -> ConektaResponse {
        ControlAPI(core: desk.core).answer(
            ConektaRequest(method: method, target: "/_control/\(path)", body: body?.data ?? Data())
        )
    }

    @Test func `the ledger is told as JSON`() throws {
        let orderID = try desk.paidOrder()
        _ = desk.call("POST", "/orders/\(orderID)/refunds", ["amount": 1_000, "reason": "other"])
        let ledger = try #require(control("GET", "ledger").json)
        #expect(ledger["captured_cents"] == 5_000)
        #expect(ledger["refunded_cents"] == 1_000)
        #expect(ledger["requests"]?["by_endpoint"]?["create_charge"] == 1)
        #expect(ledger["requests"]?["charge_posts_by_order"]?[orderID] == 1)
        let order = try #require(ledger["orders"]?[0])
        #expect(order["id"] == .string(orderID))
        #expect(order["details"]?["metadata"]?["purchase_id"] == "p-1")
        #expect(order["charges"]?[0]?["status"] == "paid")
        #expect(order["charges"]?[0]?["refunds"]?[0]?["amount_cents"] == 1_000)
        #expect(ledger["tokens"]?[0]?["used_by_order_id"] == .string(orderID))
        #expect(ledger["now"] == "2026-11-22T16:10:09.000Z")
    }

    private static let faults: [(JSONValue, Fault)] = [
        (["execution": "never"], Fault(.never)),
        (["answer": "closed"], Fault(answer: .closed)),
        (["execution": "never", "answer": "silence"], Fault(.never, answer: .silence)),
        (["execution": "late", "delay_ms": 90_000], Fault(.late(after: .seconds(90)))),
        (["execution": "twice", "answer": "cut_body"], Fault(.twice, answer: .cutBody)),
        (["execution": "other_amount", "amount_cents": 100], Fault(.otherAmount(cents: 100))),
        (["execution": "outcome", "outcome": "challenge"], Fault(.outcome(.challenge))),
        (["answer": "error", "status": 503], Fault(answer: .error(status: 503))),
        (["execution": "never", "answer": "error", "status": 422], Fault(.never, answer: .error(status: 422))),
        (["answer": "html"], Fault(answer: .html(status: 502))),
        (["answer": "other_currency", "currency": "USD"], Fault(answer: .altered(.currency("USD")))),
        (["answer": "other_charge_status", "charge_status": "x"], Fault(answer: .altered(.chargeStatus("x")))),
        (["answer": "foreign_order"], Fault(answer: .altered(.foreignOrder))),
    ]

    @Test(arguments: faults)
    func `a scripted fault is the one a test in process would script`(body: JSONValue, fault: Fault) throws {
        var members = try #require(body.members)
        members["endpoint"] = "create_charge"
        #expect(control("POST", "faults", .object(members)).status == 200)
        let twin = Desk()
        twin.core.script(fault, on: .createCharge)
        let (orderID, twinOrderID) = (try desk.openOrder(), try twin.openOrder())
        #expect(orderID == twinOrderID)
        let charge = Desk.chargeBody("tok_test_visa_4242")
        let mine = desk.core.handle(desk.request("POST", "/orders/\(orderID)/charges", charge)).delivery
        let its = twin.core.handle(twin.request("POST", "/orders/\(orderID)/charges", charge)).delivery
        #expect(mine == its)
        #expect(desk.core.snapshot.capturedCents == twin.core.snapshot.capturedCents)
        #expect(desk.core.snapshot.lateCalls == twin.core.snapshot.lateCalls)
    }

    @Test(
        arguments: [
            ["execution": "nunca"], ["answer": "nada"], ["execution": "late"], ["execution": "other_amount"],
            ["execution": "outcome"], ["execution": "outcome", "outcome": "nada"], ["answer": "error", "status": 200],
            ["endpoint": "nada"], ["execution": "late", "delay_ms": -1],
        ] as [JSONValue]
    )
    func `a fault that cannot be understood is refused with a reason`(body: JSONValue) {
        let answer = control("POST", "faults", body)
        #expect(answer.status == 400)
        #expect(answer.json?["error"]?["message"]?.text?.isEmpty == false)
        #expect(desk.core.snapshot.faultsToCome == 0)
    }

    @Test func `skip, times and order are carried over`() throws {
        let orderID = try desk.openOrder()
        let body: JSONValue = ["execution": "never", "order_id": .string(orderID), "skip": 1, "times": 2]
        #expect(control("POST", "faults", body).status == 200)
        let answers = (0..<4).map { _ in desk.call("GET", "/orders/\(orderID)") != nil }
        #expect(answers == [true, false, false, true])
        #expect(control("POST", "faults", ["execution": "never"]).status == 200)
        #expect(control("DELETE", "faults").status == 200)
        #expect(desk.call("GET", "/orders") != nil)
    }

    @Test func `time, latency, tokens, 3DS and reset`() throws {
        #expect(control("POST", "clock", ["advance_ms": 60_000]).status == 200)
        #expect(desk.core.snapshot.now == Desk.start + .seconds(60))
        #expect(control("POST", "clock", [:]).status == 400)

        #expect(control("PUT", "latency", ["endpoint": "get_order", "latency_ms": 250]).status == 200)
        #expect(desk.core.handle(desk.request("GET", "/orders/x")).latency == .milliseconds(250))

        let token = try #require(control("POST", "tokens", ["outcome": "challenge"]).json?["token"]?.text)
        let orderID = try desk.openOrder()
        #expect(desk.charge(orderID, token)?.json["status"] == "pending_payment")
        let approval: JSONValue = ["order_id": .string(orderID), "approved": true]
        #expect(control("POST", "3ds", approval).status == 200)
        #expect(desk.core.snapshot.capturedCents == 5_000)
        #expect(control("POST", "3ds", approval).status == 404)
        #expect(control("POST", "tokens", ["card_number": "1"]).status == 400)

        #expect(control("POST", "reset").status == 200)
        #expect(desk.core.snapshot.orders.isEmpty)
        #expect(control("GET", "nada").status == 404)
    }

    @Test func `broken JSON is refused`() {
        let request = ConektaRequest(method: "POST", target: "/_control/clock", body: Data("{".utf8))
        #expect(ControlAPI(core: desk.core).answer(request).status == 400)
    }
}
