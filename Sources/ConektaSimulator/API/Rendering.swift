import Shared

/// Turns the ledger's values into the bodies Conekta was recorded to answer with (reference `conekta.md` §2.3–2.6, §3).
struct Rendering {
    let account: ConektaAccount
    let now: Timestamp
    /// Where the caller reached the simulator, for the addresses in answers; no slash at the end.
    let origin: String

    func order(_ order: LedgerOrder, afterDecline: Bool = false) -> JSONValue {
        let details = order.details
        var members: [String: JSONValue] = [
            "object": "order", "id": .string(order.id), "livemode": .bool(account.livemode),
            "amount": .integer(order.amountCents), "currency": .string(details.currency),
            "amount_refunded": .integer(order.refundedCents), "is_refundable": .bool(order.isRefundable(at: now)),
            "split_payment": nil, "channel": nil, "processing_mode": JSONValue(details.processingMode),
            "created_at": JSONValue(order.createdAt), "updated_at": JSONValue(order.updatedAt),
            "metadata": .object(details.metadata), "customer_info": customer(details.customer),
            "line_items": list(details.lineItems.map { lineItem($0, of: order.id) }),
            "shipping_contact": details.shippingContact ?? .null,
            "shipping_lines": nil, "tax_lines": nil, "discount_lines": nil, "fiscal_entity": nil,
            "charges": charges(of: order),
        ]
        // Seen in a recording: the order inside a 402 has no `payment_status` at all.
        if !afterDecline, let status = order.paymentStatus { members["payment_status"] = .string(status) }
        if let challenge = order.challenge {
            members["next_action"] = [
                "type": "redirect_to_url",
                "redirect_to_url": [
                    "url": .string("\(origin)/3ds/\(challenge.id)"), "return_url": JSONValue(details.returnURL),
                ],
            ]
        }
        return .object(members)
    }

    func charge(_ charge: LedgerCharge, of order: LedgerOrder) -> JSONValue {
        [
            "object": "charge", "id": .string(charge.id), "order_id": .string(order.id),
            "livemode": .bool(account.livemode), "status": .string(charge.shownStatus),
            "amount": .integer(charge.amountCents), "currency": .string(order.details.currency),
            "created_at": JSONValue(charge.createdAt), "paid_at": JSONValue(charge.paidAt),
            "description": "Payment from order", "reference_id": JSONValue(charge.referenceID), "customer_id": "",
            "is_refundable": .bool(charge.status == .paid && order.isRefundable(at: now)),
            "failure_code": JSONValue(charge.failureCode), "failure_message": JSONValue(charge.failureMessage),
            "monthly_installments": charge.monthlyInstallments.map(JSONValue.integer) ?? .null,
            "device_fingerprint": nil, "session_id": nil,
            "payment_method": paymentMethod(of: charge),
            "refunds": charge.refunds.isEmpty ? .null : list(charge.refunds.map(refund)),
        ]
    }

    func list(_ elements: [JSONValue], hasMore: Bool = false, total: Int? = nil) -> JSONValue {
        [
            "object": "list", "has_more": .bool(hasMore), "total": .integer(Int64(total ?? elements.count)),
            "data": .array(elements),
        ]
    }

    func token(_ token: LedgerToken) -> JSONValue {
        [
            "object": "token", "id": .string(token.id), "used": .bool(token.usedByOrderID != nil),
            "livemode": .bool(account.livemode),
        ]
    }

    func company() -> JSONValue {
        [
            "object": "company", "id": "5b4b3b3b3b3b3b3b3b3b3b3b", "name": .string(account.companyName),
            "active": true, "created_at": 1_531_000_000, "three_ds_enabled": .bool(account.threeDSMode != nil),
            "three_ds_mode": JSONValue(account.threeDSMode),
        ]
    }

    /// The body of a refusal; `changed` is the order a declined charge was added to.
    func error(_ rejection: ConektaRejection, logID: String, english: Bool, changed: LedgerOrder?) -> JSONValue {
        var detail: [String: JSONValue] = [
            "code": .string("conekta.errors." + rejection.code),
            "message": .string(english ? rejection.message.english : rejection.message.spanish),
            "debug_message": .string(rejection.message.english),
        ]
        if let parameter = rejection.parameter { detail["param"] = .string(parameter) }
        var members: [String: JSONValue] = [
            "object": "error", "type": .string(rejection.kind.type), "log_id": .string(logID),
            "details": [.object(detail)],
        ]
        if let changed { members["data"] = order(changed, afterDecline: true) }
        return .object(members)
    }

    /// Newest first, and null rather than empty; a charge that waits for 3DS is not there yet.
    private func charges(of order: LedgerOrder) -> JSONValue {
        let listed = order.charges.filter { $0.status != .pendingPayment }
        return listed.isEmpty ? .null : list(listed.reversed().map { charge($0, of: order) })
    }

    private func customer(_ given: [String: JSONValue]) -> JSONValue {
        var members: [String: JSONValue] = ["object": "customer_info", "corporate": nil, "customer_id": nil]
        members.merge(given.filter { $0.key != "metadata" }) { $1 }
        return .object(members)
    }

    private func lineItem(_ item: OrderDetails.LineItem, of orderID: String) -> JSONValue {
        var members: [String: JSONValue] = ["metadata": [:], "antifraud_info": [:]]
        members.merge(item.extra) { $1 }
        members.merge([
            "object": "line_item", "id": .string(item.id), "parent_id": .string(orderID), "name": .string(item.name),
            "unit_price": .integer(item.unitPriceCents), "quantity": .integer(item.quantity),
        ]) { $1 }
        return .object(members)
    }

    private func paymentMethod(of charge: LedgerCharge) -> JSONValue {
        [
            "object": "card_payment", "type": "credit", "name": .string(charge.card.holder),
            "exp_month": .string(charge.card.expiryMonth), "exp_year": .string(charge.card.expiryYear),
            "auth_code": JSONValue(charge.authorizationCode), "last4": .string(charge.card.lastFourDigits),
            "brand": .string(charge.card.brand.rawValue), "issuer": "BANAMEX", "account_type": "Credit",
            "country": "MX", "contract_id": nil, "fraud_score": nil, "fraud_indicators": [],
            "token_id": .string(charge.tokenID), "three_ds_flow_required": .bool(charge.status == .pendingPayment),
            "antifraud_is_self_service_rules": false, "normalized_device_fingerprint": nil,
        ]
    }

    private func refund(_ refund: LedgerRefund) -> JSONValue {
        [
            "object": "refund", "id": .string(refund.id), "amount": .integer(-refund.amountCents),
            "created_at": JSONValue(refund.createdAt), "auth_code": .string(refund.authorizationCode),
        ]
    }
}
