/// Bodies in the shapes Conekta was recorded to answer with (reference `conekta.md` §2.3–2.5, §3, §9), values ours.
enum Recorded {
    static let orderID = "ord_2znTest7Fichas"

    /// A charge with everything a recording had.
    static func charge(
        _ status: String,
        id: String = "69cad87e5325490001cdd48d",
        order: String = orderID,
        amount: Int = 5_000,
        reference: String = "\"pur_1#1\"",
        failure: String = "null",
        refunds: String = "null",
        createdAt: Int = 1_774_901_374
    ) -> String {
        """
        {"object":"charge","id":"\(id)","order_id":"\(order)","livemode":false,"status":"\(status)","amount":\(amount),\
        "currency":"MXN","created_at":\(createdAt),"paid_at":\(createdAt),"description":"Payment from order",\
        "reference_id":\(reference),"customer_id":"","is_refundable":true,"failure_code":\(failure),\
        "failure_message":null,"monthly_installments":null,"device_fingerprint":null,"session_id":null,\
        "payment_method":{"object":"card_payment","type":"credit","name":"Ana","exp_month":"08","exp_year":"30",\
        "auth_code":"582483","last4":"4242","brand":"visa","issuer":"BANAMEX","account_type":"Credit","country":"MX",\
        "contract_id":null,"fraud_score":null,"fraud_indicators":[],"token_id":"tok_2znSecret",\
        "three_ds_flow_required":false},"refunds":\(refunds)}
        """
    }

    /// The list wrapper.
    static func list(_ elements: [String], hasMore: Bool = false) -> String {
        """
        {"object":"list","has_more":\(hasMore),"total":\(elements.count),"data":[\(elements.joined(separator: ","))]}
        """
    }

    /// An order; `status` and `charges` are JSON, an empty `status` leaves the key out.
    static func order(
        status: String = "\"paid\"",
        charges: String,
        id: String = orderID,
        refunded: Int = 0,
        metadata: String = "{\"purchase_id\":\"pur_1\"}",
        nextAction: String? = nil
    ) -> String {
        let paymentStatus = status.isEmpty ? "" : "\"payment_status\":\(status),"
        let next = nextAction.map { ",\"next_action\":\($0)" } ?? ""
        return """
            {"object":"order","id":"\(id)","livemode":false,"amount":5000,"currency":"MXN",\(paymentStatus)\
            "amount_refunded":\(refunded),"is_refundable":true,"split_payment":null,"channel":null,\
            "processing_mode":null,"created_at":1774901374,"updated_at":1774901374,"metadata":\(metadata),\
            "customer_info":{"object":"customer_info","name":"Ana","email":"ana@example.mx","phone":"0000000000",\
            "corporate":null,"customer_id":null},\
            "line_items":\(list(["{\"object\":\"line_item\",\"id\":\"line_item_1\",\"name\":\"WiFi 24h\"}"])),\
            "shipping_lines":null,"tax_lines":null,"discount_lines":null,"fiscal_entity":null,\
            "charges":\(charges)\(next)}
            """
    }

    static let threeDSecure =
        """
        {"type":"redirect_to_url","redirect_to_url":{"url":"https://3ds-pay.conekta.com/0b7c","return_url":null}}
        """

    /// An error; `code` without its prefix, `data` is JSON.
    static func error(_ type: String, _ code: String, data: String? = nil) -> String {
        """
        {"object":"error","type":"\(type)","log_id":"640751978bb237000129ebc5","details":[{\
        "code":"conekta.errors.\(code)","message":"Tu método de pago ha sido rechazado.",\
        "debug_message":"The token tok_2znSecret was refused."}]\(data.map { ",\"data\":\($0)" } ?? "")}
        """
    }
}
