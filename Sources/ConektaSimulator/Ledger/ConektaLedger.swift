import Shared

/// Orders, charges, refunds and tokens, and the rules by which money moves between them. Pure: no clock, no HTTP.
struct ConektaLedger: Sendable {
    private(set) var identifiers: IdentifierSource
    private(set) var orders: [String: LedgerOrder] = [:]
    /// Oldest first.
    private(set) var orderIDs: [String] = []
    private(set) var tokens: [String: LedgerToken] = [:]
    /// Identifiers of 3DS challenges ever opened, with their order.
    private(set) var challengedOrderIDs: [String: String] = [:]

    init(identifiers: IdentifierSource) {
        self.identifiers = identifiers
    }

    /// All orders, oldest first.
    var allOrders: [LedgerOrder] { orderIDs.compactMap { orders[$0] } }

    mutating func newIdentifier(_ prefix: String) -> String { identifiers.prefixed(prefix) }
    mutating func newHexadecimal() -> String { identifiers.hexadecimal() }

    /// Throws 404 when there is no such order.
    func order(_ id: String) throws(ConektaRejection) -> LedgerOrder {
        guard let order = orders[id] else { throw .notFound("Order", id) }
        return order
    }

    // MARK: Orders

    mutating func createOrder(_ details: OrderDetails, at now: Timestamp) -> LedgerOrder {
        let order = LedgerOrder(
            id: identifiers.prefixed("ord_"),
            createdAt: now,
            updatedAt: now,
            details: details,
            statusWhenDeclined: ["declined", "pending_payment", nil][Int(identifiers.choice(below: 3))]
        )
        orders[order.id] = order
        orderIDs.append(order.id)
        return order
    }

    /// Replaces the details. Throws 428 once a charge is paid or under way.
    mutating func update(_ id: String, to details: OrderDetails, at now: Timestamp) throws(ConektaRejection) {
        var order = try order(id)
        try Self.requireOpen(order)
        order.details = details
        save(&order, at: now)
    }

    /// Closes an order that took no money, and releases what was only held. Throws 428 when it is paid.
    mutating func cancel(_ id: String, at now: Timestamp) throws(ConektaRejection) {
        var order = try order(id)
        guard order.paidChargeIndex == nil else { throw .hasPaidCharge }
        order.isCanceled = true
        order.challenge = nil
        for index in order.charges.indices where order.charges[index].status != .declined {
            order.charges[index].status = .canceled
        }
        save(&order, at: now)
    }

    /// Takes held money. `amountCents` may be less than what is held, nil for all of it.
    mutating func capture(_ id: String, amountCents: Int64?, at now: Timestamp) throws(ConektaRejection) {
        var order = try order(id)
        guard !order.isCanceled, let index = order.preauthorizedChargeIndex else {
            throw order.paidChargeIndex == nil ? .notCapturable : .hasPaidCharge
        }
        let held = order.charges[index].amountCents
        let amount = amountCents ?? held
        guard (1...held).contains(amount) else { throw .invalid("amount") }
        order.charges[index].amountCents = amount
        order.charges[index].status = .paid
        order.charges[index].paidAt = now
        save(&order, at: now)
    }

    // MARK: Tokens

    mutating func createToken(card: CardDetails, outcome: CardOutcome, at now: Timestamp) -> LedgerToken {
        let token = LedgerToken(id: identifiers.prefixed("tok_"), card: card, createdAt: now, outcome: outcome)
        tokens[token.id] = token
        return token
    }

    mutating func markUsed(_ tokenID: String, by orderID: String) {
        tokens[tokenID]?.usedByOrderID = orderID
    }

    // MARK: Saving, for the rules in the extensions

    mutating func save(_ order: inout LedgerOrder, at now: Timestamp) {
        order.updatedAt = now
        orders[order.id] = order
    }

    mutating func openChallenge(on order: inout LedgerOrder, chargeID: String) {
        let challenge = LedgerOrder.Challenge(id: identifiers.uuid(), chargeID: chargeID)
        challengedOrderIDs[challenge.id] = order.id
        order.challenge = challenge
    }

    mutating func newAuthorizationCode() -> String { identifiers.authorizationCode() }

    /// Throws 428 unless the order can still be charged or changed.
    static func requireOpen(_ order: LedgerOrder) throws(ConektaRejection) {
        guard order.paidChargeIndex == nil else { throw .hasPaidCharge }
        guard !order.isCanceled, order.challenge == nil, order.preauthorizedChargeIndex == nil else {
            throw .hasCharge
        }
    }
}
