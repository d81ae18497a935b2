import FoundationEssentials
import Shared

/// The API itself: one call in, one answer out, on a ledger. Pure: it has no clock and no transport.
struct ConektaAPI: Sendable {
    let account: ConektaAccount
    var ledger: ConektaLedger

    init(account: ConektaAccount, identifiers: IdentifierSource) {
        self.account = account
        self.ledger = ConektaLedger(identifiers: identifiers)
    }

    /// Executes the call as of `now`. `origin` is where its caller reached the simulator.
    mutating func answer(_ call: ConektaCall, at now: Timestamp, origin: String) -> ConektaResponse {
        let rendering = Rendering(account: account, now: now, origin: origin)
        do throws(ConektaRejection) {
            try Gatekeeper(account: account).admit(call)
            return ConektaResponse(json: try execute(call, rendering))
        } catch {
            return refusal(error, of: call, rendering)
        }
    }

    /// The answer to a call that is refused.
    mutating func refusal(
        _ rejection: ConektaRejection,
        of call: ConektaCall,
        _ rendering: Rendering
    ) -> ConektaResponse {
        let body = rendering.error(
            rejection,
            logID: ledger.newHexadecimal(),
            english: call.speaksEnglish,
            changed: rejection.changedOrderID.flatMap { ledger.orders[$0] }
        )
        return ConektaResponse(status: rejection.kind.status, json: body)
    }

    private mutating func execute(_ call: ConektaCall, _ rendering: Rendering) throws(ConektaRejection) -> JSONValue {
        let orderID = call.orderID ?? ""
        switch call.endpoint {
        case .createToken:
            let card = try CardRequest(reading: try call.json(), at: rendering.now)
            return rendering.token(
                ledger.createToken(card: card.details, outcome: card.outcome, at: rendering.now)
            )
        case .createOrder: return try createOrder(call, rendering)
        case .createCharge: return try createCharge(orderID, call, rendering)
        case .refundOrder: try refund(orderID, call, at: rendering.now)
        case .getOrder: break
        case .updateOrder: try update(orderID, call, at: rendering.now)
        case .cancelOrder: try ledger.cancel(orderID, at: rendering.now)
        case .captureOrder:
            let reader = try ParameterReader(try call.optionalJSON())
            let amount = try reader.optionalInteger("amount", 1...Int64(Int32.max))
            try ledger.capture(orderID, amountCents: amount, at: rendering.now)
        case .listOrders: return try listOrders(call, rendering)
        case .listCharges: return try listCharges(call, rendering)
        case .company: return rendering.company()
        case .other: throw .notFound("Route", String(call.request.target.prefix(100)))
        }
        return rendering.order(try ledger.order(orderID))
    }

    // MARK: Orders

    private mutating func createOrder(
        _ call: ConektaCall,
        _ rendering: Rendering
    ) throws(ConektaRejection) -> JSONValue {
        let request = try OrderRequest(creating: try call.json(), account: account, ledger: &ledger)
        if let charge = request.charge {
            // What is refused with 422 leaves no order behind.
            try ledger.checkDetails(
                charge,
                amountCents: request.details.amountCents,
                account: account,
                at: rendering.now
            )
        }
        let order = ledger.createOrder(request.details, at: rendering.now)
        if let charge = request.charge {
            _ = try ledger.charge(order.id, charge, tampering: call.tampering, account: account, at: rendering.now)
        }
        return rendering.order(try ledger.order(order.id))
    }

    private mutating func createCharge(
        _ orderID: String,
        _ call: ConektaCall,
        _ rendering: Rendering
    ) throws(ConektaRejection) -> JSONValue {
        _ = try ledger.order(orderID)
        let draft = try ChargeDraft(reading: try call.json(), path: "")
        let charge = try ledger.charge(
            orderID,
            draft,
            tampering: call.tampering,
            account: account,
            at: rendering.now
        )
        return rendering.charge(charge, of: try ledger.order(orderID))
    }

    private mutating func update(_ orderID: String, _ call: ConektaCall, at now: Timestamp) throws(ConektaRejection) {
        let current = try ledger.order(orderID).details
        let details = try OrderRequest.changes(in: try call.json(), to: current, ledger: &ledger)
        try ledger.update(orderID, to: details, at: now)
    }

    private mutating func refund(_ orderID: String, _ call: ConektaCall, at now: Timestamp) throws(ConektaRejection) {
        _ = try ledger.order(orderID)
        let reader = try ParameterReader(try call.json())
        try reader.allow(only: ["amount", "reason", "charge_id"])
        let reason = try reader.optionalText("reason")
        guard reason == nil || Self.refundReasons.contains(reason) else { throw .invalid("reason") }
        try ledger.refund(
            orderID,
            chargeID: try reader.optionalText("charge_id"),
            amountCents: try reader.optionalInteger("amount", 1...Int64(Int32.max)),
            reason: reason,
            at: now
        )
    }

    private static let refundReasons: Set<String?> = [
        "requested_by_client", "cannot_be_fulfilled", "duplicated_transaction", "suspected_fraud", "other",
    ]

    // MARK: Lists

    /// `search` matches the order's id and the customer's e-mail and nothing else: more is not documented, and a client
    /// must not come to rely on it (reference `conekta.md` §3).
    private func listOrders(_ call: ConektaCall, _ rendering: Rendering) throws(ConektaRejection) -> JSONValue {
        let query = try ListQuery(call.request.query)
        let found = ledger.allOrders.reversed().filter { order in
            query.includes(createdAt: order.createdAt, updatedAt: order.updatedAt)
                && (query.paymentStatus == nil || query.paymentStatus == order.paymentStatus)
                && (query.search == nil || query.search == order.id
                    || query.search == order.details.customer["email"]?.text)
        }
        let page = query.page(of: found, id: \.id)
        return paged(
            rendering.list(page.elements.map { rendering.order($0) }, hasMore: page.hasMore, total: found.count),
            path: "/orders",
            query,
            last: page.elements.last?.id,
            rendering
        )
    }

    /// `search` matches the charge's id and its order's.
    private func listCharges(_ call: ConektaCall, _ rendering: Rendering) throws(ConektaRejection) -> JSONValue {
        let query = try ListQuery(call.request.query)
        let all = ledger.allOrders.flatMap { order in order.charges.map { (order: order, charge: $0) } }
        let found = all.sorted { $0.charge.createdAt > $1.charge.createdAt }.filter { order, charge in
            charge.status != .pendingPayment
                && query.includes(createdAt: charge.createdAt, updatedAt: order.updatedAt)
                && (query.search == nil || query.search == charge.id || query.search == order.id)
        }
        let page = query.page(of: found, id: \.charge.id)
        let charges = page.elements.map { rendering.charge($0.charge, of: $0.order) }
        return paged(
            rendering.list(charges, hasMore: page.hasMore, total: found.count),
            path: "/charges",
            query,
            last: page.elements.last?.charge.id,
            rendering
        )
    }

    /// Adds the address of the next page, which keeps only `limit` and the cursor: callers must repeat their filters.
    private func paged(
        _ list: JSONValue,
        path: String,
        _ query: ListQuery,
        last: String?,
        _ rendering: Rendering
    ) -> JSONValue {
        var members = list.members ?? [:]
        members["previous_page_url"] = .null
        members["next_page_url"] = .null
        if members["has_more"] == true, let last {
            members["next_page_url"] = .string("\(rendering.origin)\(path)?limit=\(query.limit)&next=\(last)")
        }
        return .object(members)
    }
}
