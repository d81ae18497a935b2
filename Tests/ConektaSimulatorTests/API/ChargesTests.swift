import ConektaSimulator
import Shared
import Testing

struct ChargesTests {
    @Test func `a charge is answered with the charge`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        let body = Desk.chargeBody("tok_test_mastercard_4444", cents: 5_000, reference: "p-1")
        let answer = try #require(desk.call("POST", "/orders/\(orderID)/charges", body))
        #expect(answer.status == 200)
        #expect(answer.json["object"] == "charge")
        #expect(answer.json["order_id"] == .string(orderID))
        #expect(answer.json["status"] == "paid")
        #expect(answer.json["reference_id"] == "p-1")
        #expect(answer.json["payment_method"]?["brand"] == "mastercard")
        #expect(desk.core.snapshot.requests.chargePostsByOrder == [orderID: 1])
        #expect(desk.core.snapshot.requests.chargePostsByReference == ["p-1": 1])
    }

    @Test func `a paid order refuses another charge`() throws {
        let desk = Desk()
        let orderID = try desk.paidOrder()
        let answer = try #require(desk.charge(orderID, "tok_test_visa_4242"))
        #expect(answer.status == 428)
        #expect(answer.json["type"] == "precondition_required_error")
        #expect(answer.code == "precondition_required.combo.order.cannot_be_updated_because_has_charge_paid")
        #expect(desk.core.snapshot.capturedCents == 5_000)
    }

    @Test func `a decline is a 402 with the order but without its status, and the order can be charged again`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        let token = try #require(desk.core.makeToken(cardNumber: "4000000000000127"))
        let declined = try #require(desk.charge(orderID, token))
        #expect(declined.status == 402)
        #expect(declined.json["object"] == "error")
        #expect(declined.json["type"] == "processing_error")
        #expect(declined.code == "processing.bank.insufficient_funds")
        #expect(declined.json["log_id"]?.text?.count == 24)
        let order = try #require(declined.json["data"])
        #expect(order["id"] == .string(orderID))
        #expect(order["payment_status"] == nil)
        #expect(order["charges"]?["data"]?[0]?["status"] == "declined")
        #expect(order["charges"]?["data"]?[0]?["failure_code"] == "insufficient_funds")

        #expect(desk.charge(orderID, desk.core.makeToken(outcome: .approved))?.status == 200)
        let charges = desk.call("GET", "/orders/\(orderID)")?.json["charges"]?["data"]?.elements
        #expect(charges?.map { $0["status"] } == ["paid", "declined"])
    }

    @Test func `an order whose charges were all declined says so in three ways, as recorded ones do`() throws {
        let desk = Desk()
        var seen: Set<JSONValue?> = []
        for _ in 0..<40 {
            let orderID = try desk.openOrder()
            _ = desk.charge(orderID, "tok_test_card_declined")
            seen.insert(desk.call("GET", "/orders/\(orderID)")?.json["payment_status"])
        }
        #expect(seen == ["declined", "pending_payment", nil])
    }

    @Test(arguments: CardDecline.all.map(\.code))
    func `every decline can be had by a test token and by script`(code: String) throws {
        let decline = try #require(CardDecline.named(code))
        #expect(decline.code == code)
        let desk = Desk()
        let name = String(code.map { $0 == "." ? "_" : $0 })
        let orderID = try desk.openOrder()
        for attempt in ["token", "script"] {
            if attempt == "script" { desk.core.script(Fault(.outcome(.declined(decline))), on: .createCharge) }
            let token = attempt == "script" ? "tok_test_visa_4242" : "tok_test_decline_\(name)"
            let answer = try #require(desk.charge(orderID, token))
            #expect(answer.code == code, "by \(attempt)")
            #expect(answer.status == (code.hasPrefix("processing.") ? 402 : 422), "by \(attempt)")
            #expect((answer.json["data"] != nil) == decline.leavesCharge, "by \(attempt)")
        }
        #expect(desk.core.order(orderID)?.charges.count == (decline.leavesCharge ? 2 : 0))
        #expect(desk.core.snapshot.capturedCents == 0)
    }

    @Test func `short names of declines mean the commonest`() {
        #expect(CardDecline.named("insufficient_funds")?.code == "processing.bank.insufficient_funds")
        #expect(CardDecline.named("conekta.errors.processing.bank.timeout")?.code == "processing.bank.timeout")
        #expect(CardDecline.named("nada") == nil)
    }

    @Test func `payments begin at three pesos`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder(cents: 299)
        let answer = try #require(desk.charge(orderID, "tok_test_visa_4242"))
        #expect(answer.status == 422)
        #expect(answer.code == "parameter_validation.combo.order.currency_type.card.minimum")
        #expect(desk.charge(try desk.openOrder(cents: 300), "tok_test_visa_4242")?.status == 200)
    }

    @Test func `a charge of another amount than the order's is refused`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        let body = Desk.chargeBody("tok_test_visa_4242", cents: 4_999)
        let answer = try #require(desk.call("POST", "/orders/\(orderID)/charges", body))
        #expect(answer.status == 422)
        #expect(answer.code == "parameter_validation.combo.order.amount.invalid_charges_amount")
        #expect(desk.core.snapshot.capturedCents == 0)
    }

    @Test func `what is refused with 422 leaves no order behind`() {
        let desk = Desk()
        #expect(desk.call("POST", "/orders", Desk.orderBody(token: "tok_nada"))?.status == 422)
        #expect(desk.core.snapshot.orders.isEmpty)
    }

    @Test(
        arguments: [
            (["type": "spei"], "charge.bank_payment.spei_payment.disabled"),
            (["type": "cash"], "charge.cash_payment.oxxo_payment.disabled"),
            (["type": "card"], "token_id.missing"),
            (["type": "card", "token_id": "tok_test_visa_4242", "number": "4242"], "whitelist"),
            (
                ["type": "card", "token_id": "tok_test_visa_4242", "monthly_installments": 5],
                "monthly_installments.invalid"
            ),
            (["type": "card", "token_id": "tok_test_visa_4241"], "payment_method.token_id.nonexistent_token"),
        ] as [(JSONValue, String)]
    )
    func `a payment method that cannot pay is refused`(method: JSONValue, code: String) throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        let answer = try #require(desk.call("POST", "/orders/\(orderID)/charges", ["payment_method": method]))
        #expect(answer.status == 422)
        #expect(answer.code == "parameter_validation.\(code)")
    }
}
