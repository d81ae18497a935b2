import Conekta
import Foundation
import Shared
import Testing

/// Reading orders: tolerant of what is missing, strict about what decides over money.
@Suite struct ConektaOrderTests {
    private func read(_ json: String) throws -> ConektaOrder {
        try JSONDecoder().decode(ConektaOrder.self, from: Data(json.utf8))
    }

    @Test func aPaidOrder() throws {
        let order = try read(Recorded.order(charges: Recorded.list([Recorded.charge("paid")])))
        #expect(order.id.text == Recorded.orderID)
        #expect(order.amount == Money(cents: 5_000))
        #expect(order.paymentStatus == "paid")
        #expect(order.amountRefundedCents == 0)
        #expect(order.isRefundable == true)
        #expect(order.metadata == ["purchase_id": "pur_1"])
        let charge = try #require(order.charges.first)
        #expect(charge.id == "69cad87e5325490001cdd48d")
        #expect(charge.amount == Money(cents: 5_000))
        #expect(charge.status == "paid")
        #expect(charge.referenceID == "pur_1#1")
        #expect(charge.failureCode == nil)
        #expect(charge.createdAt == Timestamp(seconds: 1_774_901_374))
    }

    @Test func nothingButAnID() throws {
        let order = try read("{\"id\":\"ord_1\"}")
        #expect(order.charges.isEmpty)
        #expect(order.amount == nil)
        #expect(order.metadata.isEmpty)
        #expect(order.settlement == .noCharge)
    }

    @Test(arguments: ["null", "{\"data\":null}", "{\"object\":\"list\",\"data\":[]}"]) func noCharges(
        charges: String
    ) throws {
        #expect(try read(Recorded.order(status: "null", charges: charges)).settlement == .noCharge)
    }

    @Test func metadataOfAnyScalar() throws {
        let metadata = "{\"a\":\"x\",\"b\":true,\"c\":12,\"d\":1.5,\"e\":null,\"f\":{\"g\":1}}"
        let order = try read(Recorded.order(charges: "null", metadata: metadata))
        #expect(order.metadata == ["a": "x", "b": "true", "c": "12", "d": "1.5"])
    }

    @Test(arguments: ["[]", "\"x\"", "7"]) func metadataOfAnotherShapeIsNone(metadata: String) throws {
        #expect(try read(Recorded.order(charges: "null", metadata: metadata)).metadata.isEmpty)
    }

    @Test func onlyAWebPageOverTLSIsARedirect() throws {
        for url in ["javascript:alert(1)", "http://3ds-pay.conekta.com/", "", "data:text/html,x"] {
            let next = "{\"type\":\"redirect_to_url\",\"redirect_to_url\":{\"url\":\"\(url)\"}}"
            let order = try read(Recorded.order(status: "\"pending_payment\"", charges: "null", nextAction: next))
            #expect(order.settlement == .pending(redirectURL: nil))
        }
    }

    /// A charges list that cannot be read must not look like an order that was never charged.
    @Test(arguments: [
        "{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":\"../charges\"}", "{\"id\":7}",
        "{\"id\":\"ord_1\",\"charges\":[]}", "{\"id\":\"ord_1\",\"charges\":\"x\"}",
        "{\"id\":\"ord_1\",\"charges\":{\"data\":[{\"status\":\"paid\"}]}}",
        "{\"id\":\"ord_1\",\"charges\":{\"data\":[{\"id\":\"a\",\"status\":7}]}}",
        "{\"id\":\"ord_1\",\"charges\":{\"data\":[{\"id\":\"a\",\"amount\":\"5000\"}]}}",
        "{\"id\":\"ord_1\",\"amount\":\"5000\"}", "{\"id\":\"ord_1\",\"amount\":50.5}",
        "{\"id\":\"ord_1\",\"amount_refunded\":\"0\"}", "{\"id\":\"ord_1\",\"payment_status\":1}",
    ])
    func whatIsNotReadAtAll(json: String) {
        #expect(throws: DecodingError.self) { try read(json) }
    }
}
