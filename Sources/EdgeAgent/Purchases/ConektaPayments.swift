import Conekta
import Logging
import Outbound
import Purchasing
import Shared

/// A purchase's dealings with Conekta: its answers, in the words of the purchase.
struct ConektaPayments: PurchasePayments {
    private let accounts: ConektaAccounts
    /// Whose sales these are, among those of an empresa's account.
    private let siteID: String
    /// The portal's address, for the way back from the bank; empty when it is not known.
    private let portalURL: String
    private let wayOut: WayOut
    private let logger: Logger

    init(accounts: ConektaAccounts, siteID: String, portalURL: String = "", wayOut: WayOut, logger: Logger) {
        self.accounts = accounts
        self.siteID = siteID
        self.portalURL = portalURL
        self.wayOut = wayOut
        self.logger = logger
    }

    func createOrder(for purchase: Purchase, intent: PurchaseIntent) async -> PurchaseEvent {
        guard let client = accounts.begin(purchase.id) else { return .orderNotCreated(.providerRefused) }
        let draft = OrderDraft(
            productName: purchase.product.name,
            amount: purchase.price,
            customerName: intent.customerName,
            customerEmail: intent.customerEmail,
            metadata: OrderMetadata(purchase, fingerprint: intent.fingerprint, siteID: siteID).values,
            returnURL: portalURL.isEmpty ? nil : portalURL + PortalPath.purchase(purchase.routerID, purchase.id)
        )
        let askedAt = wayOut.now
        switch await client.createOrder(draft) {
        case .created(let id):
            wayOut.note(.answered, askedAt: askedAt)
            return .orderCreated(orderID: id.text)
        case .rejected:
            wayOut.note(.answered, askedAt: askedAt)
            return .orderNotCreated(.providerRefused)
        case .notSent, .unknown:
            // An order without charges holds no money, so nobody has to find out whether it exists.
            wayOut.note(.unreachable, askedAt: askedAt)
            return .orderNotCreated(.providerUnreachable)
        }
    }

    func charge(orderID: String, for purchase: Purchase, intent: PurchaseIntent) async -> ChargeAnswer {
        guard let client = accounts.client(of: purchase.id), let id = OrderID(orderID) else { return .notSent }
        let askedAt = wayOut.now
        let result = await client.createCharge(
            orderID: id,
            token: intent.cardToken,
            amount: purchase.price,
            referenceID: purchase.id.text
        )
        wayOut.note(Self.news(in: result), askedAt: askedAt)
        switch result {
        case .looksPaid(let charge): return .looksPaid(chargeID: charge.id)
        case .pending(let redirectURL): return .pending(redirectURL: redirectURL)
        case .declined(let reason, _): return reason.isCertain ? .declined(code: reason.rawValue) : .unknown
        // It may have been used by this very charge, sent twice on the way.
        case .tokenUsed: return .unknown
        case .rejected(let rejection): return Self.mayHaveHappened(rejection) ? .unknown : .refused
        case .notSent: return .notSent
        case .unknown: return .unknown
        }
    }

    func readOrder(_ orderID: String, for purchase: Purchase) async -> OrderReading {
        guard let client = accounts.client(of: purchase.id), let id = OrderID(orderID) else { return .unreadable }
        switch await client.order(id: id) {
        case .found(let order): return reading(of: order, for: purchase)
        case .missing: return .missing
        case .unavailable: return .unreadable
        }
    }

    func refund(orderID: String, cents: Int64, for purchase: Purchase) async -> RefundAnswer {
        guard let client = accounts.client(of: purchase.id), let id = OrderID(orderID) else { return .notSent }
        let amount = Money(cents: cents, currency: purchase.price.currency)
        switch await client.refund(orderID: id, amount: amount, reason: .cannotBeFulfilled) {
        case .accepted: return .accepted
        // Refused because it went back already, or for good: reading the order tells the two apart.
        case .notRefundable: return .refused
        case .rejected(let rejection): return Self.mayHaveHappened(rejection) ? .unknown : .refused
        case .notSent: return .notSent
        case .unknown: return .unknown
        }
    }

    private static func news(in result: ChargeResult) -> WayOutState.News {
        switch result {
        case .notSent, .unknown: .unreachable
        case .looksPaid, .pending, .declined, .tokenUsed, .rejected: .answered
        }
    }

    /// A refusal that does not say that nothing was done: the order has a charge after all, or the status is one of which
    /// nobody has written down whether it is given before the work or after it; a limiter's 429 is one of those
    /// (reference `conekta.md` §1, §9).
    private static func mayHaveHappened(_ rejection: ConektaRejection) -> Bool {
        switch rejection.kind {
        case .malformed, .authentication, .processing, .forbidden, .notFound, .invalidParameter, .precondition:
            rejection.orderHasCharge
        case .conflict, .tooManyRequests, .other: true
        }
    }

    private func reading(of order: ConektaOrder, for purchase: Purchase) -> OrderReading {
        if order.settlement == .unclear {
            logger.error(
                "an order's charges are not clear",
                metadata: ["purchase": "\(purchase.id)", "order": "\(order.id)"]
            )
        }
        return OrderReading(order, for: purchase)
    }
}
