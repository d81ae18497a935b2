import ConektaSimulator
import Shared
import Testing

struct OrdersTests {
    @Test func `an order without charges moves no money and has no status`() throws {
        let desk = Desk()
        let answer = try #require(desk.call("POST", "/orders", Desk.orderBody()))
        #expect(answer.status == 200)
        #expect(answer.json["object"] == "order")
        #expect(answer.json["amount"] == 5_000)
        #expect(answer.json["payment_status"] == nil)
        #expect(answer.json["charges"] == .null)
        #expect(answer.json["is_refundable"] == false)
        #expect(answer.json["created_at"] == .integer(Desk.start.milliseconds / 1_000))
        #expect(answer.json["line_items"]?["data"]?[0]?["sku"] == "wifi-24h")
        #expect(answer.json["line_items"]?["data"]?[0]?["parent_id"] == answer.json["id"])
        for recordedNull in ["split_payment", "channel", "processing_mode", "tax_lines", "fiscal_entity"] {
            #expect(answer.json[recordedNull] == .null, "\(recordedNull)")
        }
        #expect(desk.core.snapshot.capturedCents == 0)
    }

    @Test func `an order with a charge is paid in one call`() throws {
        let desk = Desk()
        let token = try #require(desk.core.makeToken(cardNumber: "4242 4242 4242 4242"))
        let answer = try #require(desk.call("POST", "/orders", Desk.orderBody(token: token)))
        #expect(answer.status == 200)
        #expect(answer.json["payment_status"] == "paid")
        #expect(answer.json["is_refundable"] == true)
        let charge = try #require(answer.firstCharge)
        #expect(charge["status"] == "paid")
        #expect(charge["order_id"] == answer.json["id"])
        #expect(charge["refunds"] == .null)
        #expect(charge["payment_method"]?["token_id"] == .string(token))
        #expect(charge["payment_method"]?["last4"] == "4242")
        #expect(desk.core.snapshot.capturedCents == 5_000)
    }

    @Test func `what GET shows is what POST answered`() throws {
        let desk = Desk()
        let created = try #require(desk.call("POST", "/orders", Desk.orderBody(token: "tok_test_visa_4242")))
        let read = try #require(desk.call("GET", "/orders/\(created.json["id"]?.text ?? "")"))
        #expect(read.json == created.json)
    }

    @Test(
        arguments: [
            (["currency": .null], "currency.missing"),
            (["currency": "USD"], "currency.invalid"),
            (["customer_info": ["name": "Ana", "email": "ana@example.mx"]], "phone.missing"),
            (["customer_info": ["name": "Ana", "email": "ana", "phone": "1"]], "email.invalid"),
            (["line_items": []], "line_items.invalid"),
            (["line_items": [["name": "ab", "unit_price": 1, "quantity": 1]]], "name.too_short"),
            (["line_items": [["name": "WiFi", "unit_price": .number(10.5), "quantity": 1]]], "unit_price.invalid"),
            (["line_items": [["name": "WiFi", "unit_price": 1, "quantity": 0]]], "quantity.invalid"),
            (["metadata": ["nested": ["a": 1]]], "nested.invalid"),
            (["metadata": ["long": .string(String(repeating: "x", count: 250))]], "long.too_long"),
            (["three_ds_mode": .null], "three_ds_mode.invalid"),
            (["shipping_contact": ["address": ["street1": "Sur", "city": "Pendiente"]]], "street1.too_short"),
            (["shipping_contact": ["address": ["street1": "Pendiente", "city": "San-Luis"]]], "city.invalid"),
            (["wifi": true], "whitelist"),
        ] as [([String: JSONValue], String)]
    )
    func `a wrong parameter is refused by name`(change: [String: JSONValue], code: String) throws {
        let desk = Desk()
        let answer = try #require(desk.call("POST", "/orders", Desk.orderBody(extra: change)))
        #expect(answer.status == 422)
        #expect(answer.json["type"] == "parameter_validation_error")
        #expect(answer.code == "parameter_validation.\(code)")
        #expect(desk.core.snapshot.orders.isEmpty)
    }

    @Test func `the whitelist names the parameter`() throws {
        let answer = try #require(Desk().call("POST", "/orders", Desk.orderBody(extra: ["wifi": 1])))
        #expect(answer.json["details"]?[0]?["param"] == "wifi")
        #expect(answer.json["details"]?[0]?["message"]?.text?.contains("\"wifi\"") == true)
    }

    @Test func `an account may demand a shipping contact`() throws {
        var account = ConektaAccount()
        account.requiresShippingContact = true
        let desk = Desk(account: account)
        #expect(
            desk.call("POST", "/orders", Desk.orderBody())?.code == "parameter_validation.shipping_contact.missing"
        )
        let contact: JSONValue = [
            "phone": "0000000000", "receiver": "Cliente",
            "address": ["street1": "Pendiente", "city": "Pendiente", "country": "MX", "postal_code": "00000"],
        ]
        let answer = try #require(desk.call("POST", "/orders", Desk.orderBody(extra: ["shipping_contact": contact])))
        #expect(answer.status == 200)
        #expect(answer.json["shipping_contact"] == contact)
    }

    @Test func `metadata is replaced while the order is unpaid, and frozen after`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        let update: JSONValue = ["metadata": ["other": "x"]]
        #expect(desk.call("PUT", "/orders/\(orderID)", update)?.json["metadata"] == ["other": "x"])
        #expect(desk.charge(orderID, "tok_test_visa_4242")?.status == 200)
        let refused = try #require(desk.call("PUT", "/orders/\(orderID)", update))
        #expect(refused.status == 428)
        #expect(refused.code == "precondition_required.combo.order.cannot_be_updated_because_has_charge_paid")
    }

    @Test func `an unpaid order is canceled and takes no charge after`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        #expect(desk.call("POST", "/orders/\(orderID)/cancel")?.json["payment_status"] == "canceled")
        #expect(desk.charge(orderID, "tok_test_visa_4242")?.status == 428)
        #expect(desk.core.snapshot.capturedCents == 0)
    }

    @Test func `a paid order is not canceled`() throws {
        let desk = Desk()
        let answer = try #require(desk.call("POST", "/orders/\(try desk.paidOrder())/cancel"))
        #expect(answer.status == 428)
        #expect(desk.core.snapshot.capturedCents == 5_000)
    }

    @Test func `an order that does not exist is a 404 on every path`() throws {
        let desk = Desk()
        for (method, rest) in [
            ("GET", ""), ("PUT", ""), ("POST", "/charges"), ("POST", "/refunds"), ("POST", "/cancel"),
        ] {
            let answer = try #require(desk.call(method, "/orders/ord_nada\(rest)", [:]), "\(method) \(rest)")
            #expect(answer.status == 404, "\(method) \(rest)")
            #expect(answer.code == "resource_not_found.entity")
        }
    }

    @Test func `held money is captured, or released by canceling`() throws {
        let desk = Desk()
        let held = try desk.openOrder(extra: ["pre_authorize": true])
        #expect(desk.charge(held, "tok_test_visa_4242")?.json["status"] == "pre_authorized")
        #expect(desk.core.snapshot.capturedCents == 0)
        #expect(desk.call("POST", "/orders/\(held)/refunds", ["amount": 5_000])?.status == 428)
        #expect(desk.call("POST", "/orders/\(held)/capture")?.json["payment_status"] == "paid")
        #expect(desk.core.snapshot.capturedCents == 5_000)
        #expect(desk.call("POST", "/orders/\(held)/capture")?.status == 428)

        let released = try desk.openOrder(extra: ["pre_authorize": true])
        #expect(desk.charge(released, "tok_test_visa_4242")?.status == 200)
        #expect(desk.call("POST", "/orders/\(released)/cancel")?.firstCharge?["status"] == "canceled")
        #expect(desk.call("POST", "/orders/\(released)/capture")?.status == 428)
        #expect(desk.core.snapshot.capturedCents == 5_000)
    }
}
