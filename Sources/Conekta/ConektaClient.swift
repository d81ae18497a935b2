import FoundationEssentials
public import Logging
public import Outbound
public import Shared

/// Conekta's payment API, as far as selling a ficha needs it, with one empresa's key.
///
/// Conekta knows no idempotency key, so nothing that writes is ever repeated here; reading is, a few times. No call
/// throws: every end of a call is one of its result's cases.
public struct ConektaClient: Sendable {
    /// Orders in a page: the most Conekta gives (reference `conekta.md` §3).
    private static let ordersInPage = 250
    /// Of a page of orders, each a few KiB.
    private static let maximumPageBytes = 8_388_608
    /// Before the second and the third try of a call that only reads.
    private static let pausesBetweenReads: [Duration] = [.milliseconds(300), .seconds(1)]

    private let configuration: ConektaConfiguration
    private let outbound: any OutboundTransport
    private let clock: any Clock<Duration>
    private let logger: Logger

    public init(
        configuration: ConektaConfiguration,
        outbound: any OutboundTransport,
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger
    ) {
        self.configuration = configuration
        self.outbound = outbound
        self.clock = clock
        self.logger = logger
    }

    /// Creates an order without charges, which moves no money (reference `conekta.md` §0.3).
    public func createOrder(_ draft: OrderDraft) async -> CreateOrderResult {
        let body = OrderBody(draft, sendsShippingContact: configuration.sendsShippingContact)
        switch await post("/orders", body, operation: "create order") {
        case .accepted(let status, let body):
            guard let order = try? JSONDecoder().decode(ConektaOrder.self, from: body) else {
                return .unknown(.unreadable(status: status))
            }
            return .created(order.id)
        case .refused(let rejection, _): return .rejected(rejection)
        case .notSent(let failure): return .notSent(failure)
        case .unknown(let doubt): return .unknown(doubt)
        }
    }

    /// Charges a card, once. `amount` must be the order's whole amount; `referenceID` comes back on the charge.
    public func createCharge(
        orderID: OrderID,
        token: Secret<String>,
        amount: Money,
        referenceID: String
    ) async -> ChargeResult {
        let body = ChargeBody(token: token, amount: amount, referenceID: referenceID)
        let reply = await post(
            "/orders/\(orderID)/charges",
            body,
            operation: "create charge",
            orderID: orderID,
            timeout: configuration.timeouts.charge
        )
        return ChargeResult(reply, orderID: orderID, referenceID: referenceID)
    }

    /// Reads an order. Tries again twice, after short pauses, when Conekta cannot be asked.
    public func order(id: OrderID) async -> OrderLookup {
        OrderLookup(await read(request(.get, "/orders/\(id)"), operation: "read order", orderID: id), id: id)
    }

    /// Reads a page of the account's orders, with their charges; tries again as ``order(id:)`` does.
    ///
    /// A list may be late: that an order is not in it proves nothing (reference `conekta.md` §4).
    ///
    /// - Parameters:
    ///   - time: Those made then or later; nil for all there ever were.
    ///   - cursor: `next` of the page before, asked for with the same time; nil for the first page.
    public func orders(createdSince time: Timestamp?, after cursor: OrderID?) async -> OrderListing {
        var query = ["limit=\(Self.ordersInPage)"]
        // The address of the next page that Conekta gives has lost the filter (§3): it is sent each time.
        if let time { query.append("created_at.gte=\(time.milliseconds / 1_000)") }
        if let cursor { query.append("next=\(cursor)") }
        var page = request(.get, "/orders?" + query.joined(separator: "&"))
        page.maximumResponseBytes = Self.maximumPageBytes
        return OrderListing(await read(page, operation: "list orders", orderID: nil), after: cursor)
    }

    /// Whether Conekta knows a pair of keys: this client's, and the public one beside it. Nothing comes of asking. The
    /// account is read with the private key; with the public one a token of no card is asked for, which is refused.
    public func checkKeys(publicKey: String) async -> KeyCheck {
        let account = await send(request(.get, "/companies/current"), operation: "read account", orderID: nil)
        guard let isKnown = account.knowsKey else { return .unanswered }
        guard isKnown else { return .privateKeyUnknown }
        var noCard = request(.post, "/tokens")
        noCard.headers["Authorization"] = Secret("Bearer \(publicKey)")
        noCard.headers["Content-Type"] = Secret("application/json")
        noCard.body = Secret(Array(#"{"card":{}}"#.utf8))
        let token = await send(noCard, operation: "try public key", orderID: nil)
        guard let isKnown = token.knowsKey else { return .unanswered }
        return isKnown ? .known : .publicKeyUnknown
    }

    /// Gives money back. Conekta protects only a refund of the whole amount from being made twice (`conekta.md` §4).
    public func refund(orderID: OrderID, amount: Money, reason: RefundReason) async -> RefundResult {
        let body = RefundBody(amount: amount.cents, reason: reason)
        switch await post("/orders/\(orderID)/refunds", body, operation: "refund", orderID: orderID) {
        case .accepted(let status, let body):
            guard let order = try? JSONDecoder().decode(ConektaOrder.self, from: body) else {
                return .unknown(.unreadable(status: status))
            }
            return order.id == orderID ? .accepted(order) : .unknown(.contradictory)
        case .refused(let rejection, _):
            return rejection.kind == .precondition ? .notRefundable(rejection) : .rejected(rejection)
        case .notSent(let failure): return .notSent(failure)
        case .unknown(let doubt): return .unknown(doubt)
        }
    }
}

extension ConektaClient {
    private func post(
        _ path: String,
        _ body: some Encodable,
        operation: Logger.MetadataValue,
        orderID: OrderID? = nil,
        timeout: Duration? = nil
    ) async -> ConektaReply {
        guard let bytes = try? JSONEncoder().encode(body) else { return .notSent(.invalidRequest) }
        var request = request(.post, path)
        request.body = Secret(Array(bytes))
        request.headers["Content-Type"] = Secret("application/json")
        if let timeout { request.timeouts.total = timeout }
        return await send(request, operation: operation, orderID: orderID)
    }

    private func read(
        _ request: OutboundRequest,
        operation: Logger.MetadataValue,
        orderID: OrderID?
    ) async -> ConektaReply {
        var pauses = Self.pausesBetweenReads[...]
        while true {
            let reply = await send(request, operation: operation, orderID: orderID)
            guard reply.isWorthAnotherTry, let pause = pauses.popFirst(), (try? await clock.sleep(for: pause)) != nil
            else { return reply }
        }
    }

    private func request(_ method: OutboundRequest.Method, _ path: String) -> OutboundRequest {
        let base = configuration.baseURL.hasSuffix("/") ? configuration.baseURL.dropLast() : configuration.baseURL[...]
        return OutboundRequest(
            method,
            base + path,
            headers: [
                "Accept": Secret("application/vnd.conekta-v2.3.0+json"),
                "Accept-Language": Secret("es"),
                "Authorization": Secret("Bearer \(configuration.privateKey.reveal())"),
            ],
            timeouts: .init(connect: configuration.timeouts.connect, total: configuration.timeouts.other)
        )
    }

    private func send(
        _ request: OutboundRequest,
        operation: Logger.MetadataValue,
        orderID: OrderID?
    ) async -> ConektaReply {
        let reply = ConektaReply(await outbound.send(request))
        var metadata: Logger.Metadata = ["operation": operation, "result": "\(reply.summary)"]
        metadata["order_id"] = orderID.map { "\($0)" }
        if case .refused(let rejection, _) = reply {
            metadata["code"] = rejection.code.map { "\($0)" }
            metadata["log_id"] = rejection.logID.map { "\($0)" }
        }
        if case .accepted = reply {
            logger.debug("conekta answered", metadata: metadata)
        } else {
            logger.info("conekta answered", metadata: metadata)
        }
        return reply
    }
}
