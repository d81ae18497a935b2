import ConektaSimulator
import Shared
import Testing

struct TokensTests {
    private func cardBody(_ change: [String: JSONValue] = [:]) -> JSONValue {
        var card: [String: JSONValue] = [
            "number": "4242424242424242", "name": "Ana Perez", "exp_month": "12", "exp_year": "30", "cvc": "123",
        ]
        card.merge(change) { $1 }
        return ["card": .object(card)]
    }

    @Test func `a card becomes a token`() throws {
        let desk = Desk()
        let answer = try #require(desk.call("POST", "/tokens", cardBody()))
        #expect(answer.status == 200)
        #expect(answer.json["object"] == "token")
        #expect(answer.json["used"] == false)
        #expect(answer.json["livemode"] == false)
        let token = try #require(answer.json["id"]?.text)
        #expect(desk.charge(try desk.openOrder(), token)?.json["payment_method"]?["name"] == "Ana Perez")
    }

    @Test(
        arguments: [
            (["number": "4242424242424241"], "number"),
            (["number": "4242"], "number"),
            (["name": " "], "name"),
            (["exp_month": "13"], "exp_month"),
            (["exp_month": "10", "exp_year": "26"], "exp_month"),
            (["cvc": "12"], "cvc"),
            (["number": "371449635398431"], "cvc"),
        ] as [([String: JSONValue], String)]
    )
    func `a wrong card is refused by field`(change: [String: JSONValue], field: String) throws {
        let desk = Desk()
        let answer = try #require(desk.call("POST", "/tokens", cardBody(change)))
        #expect(answer.status == 422)
        #expect(answer.code == "parameter_validation.card.\(field)")
        #expect(answer.json["details"]?[0]?["param"] == .string("card[card[\(field)]]"))
        #expect(desk.core.snapshot.tokens.isEmpty)
    }

    @Test func `a card is good in the month it expires`() {
        let body = cardBody(["exp_month": "11", "exp_year": "26"])
        #expect(Desk().call("POST", "/tokens", body)?.status == 200)
    }

    @Test func `a token pays once, on whatever order`() throws {
        let desk = Desk()
        let token = desk.core.makeToken(outcome: .approved)
        let first = try desk.openOrder()
        #expect(desk.charge(first, token)?.status == 200)
        let second = try desk.openOrder()
        let answer = try #require(desk.charge(second, token))
        #expect(answer.status == 402)
        #expect(answer.code == "processing.tokenization.used")
        #expect(answer.json["data"] == nil)
        #expect(desk.core.order(second)?.charges.isEmpty == true)
        #expect(desk.core.snapshot.capturedCents == 5_000)
        #expect(desk.core.snapshot.tokens.first?.usedByOrderID == first)
    }

    @Test func `a declined attempt burns the token too`() throws {
        let desk = Desk()
        let token = desk.core.makeToken(outcome: .declined(try #require(CardDecline.named("declined"))))
        let orderID = try desk.openOrder()
        #expect(desk.charge(orderID, token)?.code == "processing.bank.declined")
        #expect(desk.charge(orderID, token)?.code == "processing.tokenization.used")
    }

    @Test func `a payment refused before the bank leaves the token good`() throws {
        let desk = Desk()
        let token = desk.core.makeToken(outcome: .approved)
        #expect(desk.charge(try desk.openOrder(cents: 100), token)?.status == 422)
        #expect(desk.charge(try desk.openOrder(), token)?.status == 200)
    }

    @Test func `sending the same order again makes an unpaid one and no second charge`() throws {
        let desk = Desk()
        let body = Desk.orderBody(token: desk.core.makeToken(outcome: .approved))
        #expect(desk.call("POST", "/orders", body)?.status == 200)
        #expect(desk.call("POST", "/orders", body)?.code == "processing.tokenization.used")
        #expect(desk.core.snapshot.orders.map(\.capturedCents) == [5_000, 0])
    }

    @Test func `a token lives ten minutes`() throws {
        let desk = Desk()
        let tokens = (0..<2).map { _ in desk.core.makeToken(outcome: .approved) }
        let orders = try (0..<2).map { _ in try desk.openOrder() }
        desk.core.advance(by: .seconds(600))
        #expect(desk.charge(orders[0], tokens[0])?.status == 200)
        desk.core.advance(by: .seconds(1))
        #expect(
            desk.charge(orders[1], tokens[1])?.code == "parameter_validation.payment_method.token_id.nonexistent_token"
        )
    }

    @Test func `test tokens pay as often as asked`() throws {
        let desk = Desk()
        for _ in 0..<3 {
            #expect(desk.charge(try desk.openOrder(), "tok_test_visa_4242")?.status == 200)
        }
    }

    @Test func `a live account takes no test tokens`() throws {
        var account = ConektaAccount()
        account.livemode = true
        let desk = Desk(account: account)
        let answer = try #require(desk.charge(try desk.openOrder(), "tok_test_visa_4242"))
        #expect(answer.code == "parameter_validation.payment_method.token_id.incorrect_livemode_of_token")
        #expect(desk.call("GET", "/companies/current")?.status == 200)
    }

    @Test(arguments: [
        "tok_test_visa_4242", "tok_test_visa_1881", "tok_test_mastercard_4444", "tok_test_mastercard_5100",
        "tok_test_amex_0005", "tok_test_amex_8431",
    ])
    func `the test tokens that pay`(token: String) throws {
        let desk = Desk()
        let last4 = String(token.suffix(4))
        let charge = try #require(desk.charge(try desk.openOrder(), token))
        #expect(charge.json["payment_method"]?["last4"] == .string(last4))
    }
}
