import ConektaSimulator
import Shared
import Testing

struct ThreeDSTests {
    /// An order whose card the antifraud wants confirmed, and the answer to its charge.
    private func pendingOrder(_ desk: Desk) throws -> (orderID: String, charge: JSONValue) {
        let orderID = try desk.openOrder(extra: ["return_url": "https://portal.example/volver"])
        let answer = try #require(desk.charge(orderID, desk.core.makeToken(outcome: .challenge)))
        #expect(answer.status == 200)
        return (orderID, answer.json)
    }

    @Test func `a pending order has a next action and lists no charge`() throws {
        let desk = Desk()
        let (orderID, charge) = try pendingOrder(desk)
        #expect(charge["status"] == "pending_payment")
        let order = try #require(desk.call("GET", "/orders/\(orderID)")?.json)
        #expect(order["payment_status"] == "pending_payment")
        #expect(order["charges"] == .null)
        #expect(order["is_refundable"] == false)
        #expect(order["next_action"]?["type"] == "redirect_to_url")
        let redirect = try #require(order["next_action"]?["redirect_to_url"])
        #expect(redirect["url"]?.text?.hasPrefix("https://api.conekta.io/3ds/") == true)
        #expect(redirect["return_url"] == "https://portal.example/volver")
        #expect(desk.core.snapshot.capturedCents == 0)
    }

    @Test func `an approved challenge pays the order, once`() throws {
        let desk = Desk()
        let (orderID, charge) = try pendingOrder(desk)
        #expect(desk.core.finishChallenge(orderID: orderID, approved: true))
        #expect(!desk.core.finishChallenge(orderID: orderID, approved: false))
        let order = try #require(desk.call("GET", "/orders/\(orderID)"))
        #expect(order.json["payment_status"] == "paid")
        #expect(order.json["next_action"] == nil)
        #expect(order.firstCharge?["id"] == charge["id"])
        #expect(desk.core.snapshot.capturedCents == 5_000)
    }

    @Test func `a failed challenge declines the charge, and another may follow`() throws {
        let desk = Desk()
        let (orderID, _) = try pendingOrder(desk)
        #expect(desk.core.finishChallenge(orderID: orderID, approved: false))
        let charge = try #require(desk.call("GET", "/orders/\(orderID)")?.firstCharge)
        #expect(charge["status"] == "declined")
        #expect(desk.charge(orderID, desk.core.makeToken(outcome: .approved))?.status == 200)
    }

    @Test func `while a challenge is open nothing else may happen to the order`() throws {
        let desk = Desk()
        let (orderID, _) = try pendingOrder(desk)
        let charge = try #require(desk.charge(orderID, "tok_test_visa_4242"))
        #expect(charge.status == 428)
        #expect(charge.code == "precondition_required.combo.order.cannot_be_updated_because_has_charge")
        #expect(desk.call("PUT", "/orders/\(orderID)", ["metadata": [:]])?.status == 428)
        #expect(desk.call("POST", "/orders/\(orderID)/refunds", [:])?.status == 428)
        #expect(desk.call("POST", "/orders/\(orderID)/cancel")?.status == 200)
        #expect(!desk.core.finishChallenge(orderID: orderID, approved: true))
        #expect(desk.core.snapshot.capturedCents == 0)
    }

    @Test(
        arguments: [(nil, "paid"), ("strict", "pending_payment"), ("smart", "pending_payment")]
            as [(JSONValue?, String)]
    )
    func `a card that knows 3DS is challenged when the order asks for it`(mode: JSONValue?, status: String) throws {
        let desk = Desk()
        let token = try #require(desk.core.makeToken(cardNumber: "4000000000001091"))
        let extra = mode.map { ["three_ds_mode": $0] } ?? [:]
        let answer = desk.call("POST", "/orders", Desk.orderBody(token: token, extra: extra))
        #expect(answer?.json["payment_status"] == .string(status))
    }

    @Test func `the account says whether it uses 3DS`() {
        var account = ConektaAccount()
        #expect(Desk(account: account).call("GET", "/companies/current")?.json["three_ds_enabled"] == false)
        account.threeDSMode = "smart"
        #expect(Desk(account: account).call("GET", "/companies/current")?.json["three_ds_mode"] == "smart")
    }
}
