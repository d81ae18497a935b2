import ConektaSimulator
import Shared
import Testing

struct RefundsTests {
    @Test func `a full refund is shown as a negative amount`() throws {
        let desk = Desk()
        let orderID = try desk.paidOrder()
        let body: JSONValue = ["amount": 5_000, "reason": "cannot_be_fulfilled"]
        let answer = try #require(desk.call("POST", "/orders/\(orderID)/refunds", body))
        #expect(answer.status == 200)
        #expect(answer.json["object"] == "order")
        #expect(answer.json["payment_status"] == "refunded")
        #expect(answer.json["amount_refunded"] == 5_000)
        #expect(answer.json["is_refundable"] == false)
        #expect(answer.firstCharge?["status"] == "refunded")
        let refunds = try #require(answer.firstCharge?["refunds"])
        #expect(refunds["object"] == "list")
        #expect(refunds["data"]?[0]?["object"] == "refund")
        #expect(refunds["data"]?[0]?["amount"] == -5_000)
        #expect(refunds["data"]?[0]?["id"]?.text?.count == 24)
        #expect(desk.core.snapshot.refundedCents == 5_000)
        #expect(desk.core.snapshot.capturedCents == 5_000)
    }

    @Test func `without an amount all that is left goes back`() throws {
        let desk = Desk()
        let orderID = try desk.paidOrder()
        let part = try #require(desk.call("POST", "/orders/\(orderID)/refunds", ["amount": 2_000, "reason": "other"]))
        #expect(part.json["payment_status"] == "partially_refunded")
        #expect(part.firstCharge?["status"] == "partially_refunded")
        #expect(part.json["is_refundable"] == true)
        let rest = try #require(desk.call("POST", "/orders/\(orderID)/refunds", ["reason": "other"]))
        #expect(rest.json["amount_refunded"] == 5_000)
        #expect(rest.firstCharge?["refunds"]?["total"] == 2)
    }

    @Test func `never more than was paid`() throws {
        let desk = Desk()
        let orderID = try desk.paidOrder()
        for (amount, status) in [(5_001, 428), (4_000, 200), (1_001, 428), (1_000, 200), (1, 428)] {
            let answer = desk.call("POST", "/orders/\(orderID)/refunds", ["amount": .integer(Int64(amount))])
            #expect(answer?.status == status, "\(amount)")
            if status == 428 { #expect(answer?.code == "precondition_required.combo.order.is_not_returnable") }
        }
        #expect(desk.core.snapshot.refundedCents == 5_000)
    }

    @Test func `nothing goes back of what was not paid`() throws {
        let desk = Desk()
        let unpaid = try desk.openOrder()
        let declined = try desk.openOrder()
        _ = desk.charge(declined, "tok_test_card_declined")
        for orderID in [unpaid, declined] {
            let answer = try #require(desk.call("POST", "/orders/\(orderID)/refunds", ["amount": 5_000]))
            #expect(answer.status == 428)
        }
    }

    @Test func `refunds end after thirty days`() throws {
        let desk = Desk()
        let (early, late) = (try desk.paidOrder(), try desk.paidOrder())
        desk.core.advance(by: .seconds(30 * 86_400))
        #expect(desk.call("POST", "/orders/\(early)/refunds", [:])?.status == 200)
        desk.core.advance(by: .seconds(1))
        #expect(desk.call("GET", "/orders/\(late)")?.json["is_refundable"] == false)
        #expect(desk.call("POST", "/orders/\(late)/refunds", [:])?.status == 428)
    }

    @Test(
        arguments: [
            (["amount": 0], "amount.invalid"),
            (["amount": -1], "amount.invalid"),
            (["amount": "5000"], "amount.invalid"),
            (["reason": "porque sí"], "reason.invalid"),
            (["monto": 1], "whitelist"),
        ] as [(JSONValue, String)]
    )
    func `a wrong refund is refused by name`(body: JSONValue, code: String) throws {
        let desk = Desk()
        let answer = try #require(desk.call("POST", "/orders/\(try desk.paidOrder())/refunds", body))
        #expect(answer.status == 422)
        #expect(answer.code == "parameter_validation.\(code)")
        #expect(desk.core.snapshot.refundedCents == 0)
    }

    @Test func `a charge of another order is not found`() throws {
        let desk = Desk()
        let body: JSONValue = ["charge_id": "69cad87e5325490001cdd48d", "amount": 5_000]
        #expect(desk.call("POST", "/orders/\(try desk.paidOrder())/refunds", body)?.status == 404)
    }
}
