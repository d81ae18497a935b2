public import Shared

/// One card payment from intent to its end: the facts known so far.
///
/// Everything the next step depends on is here and nowhere else, so that what was committed is enough to go on after a
/// crash. The card token is the exception, on purpose: it lives in memory only.
public struct Purchase: Sendable, Equatable {
    public let id: PurchaseID
    public let routerID: String
    /// What was sold, as it was when the buyer tapped; later changes of the catalogue do not reach it.
    public let product: PurchasedProduct
    public let createdAt: Timestamp
    public var state: PurchaseState

    /// `ord_…`, once Conekta has answered.
    public var orderID: String?
    /// When the charge was allowed to leave. Set at most once: a purchase charges at most once.
    public var chargeSentAt: Timestamp?
    /// The paid charge, as the order shows it; until it does, as the answer to the charge named it.
    public var chargeID: String?
    /// What the order says was charged, in centavos. Differs from the price only when something is wrong.
    public var chargedCents: Int64?
    /// Where the buyer's bank wants to see them (3-D Secure), while the charge waits for that.
    public var redirectURL: String?
    /// Why it was declined or abandoned.
    public var refusal: PurchaseRefusal?

    public var paidAt: Timestamp?
    /// The name of the user on the router; minted when the payment is certain.
    public var fichaCode: FichaCode?
    /// True from the moment the user may have been created until its absence is certain, where the money goes back.
    public var userMayExist = false
    /// When the router was last asked to create the user; a slow router may still do it for a while.
    public var provisionSentAt: Timestamp?

    /// When the last request for a refund left.
    public var refundSentAt: Timestamp?
    /// When Conekta said that it gives the money back. From then on it is never asked again.
    public var refundAcceptedAt: Timestamp?
    /// What the order says has gone back, in centavos.
    public var refundedCents: Int64?

    /// Why a person has to look at it.
    public var attention: PurchaseAttention?
    /// When it reached an end.
    public var endedAt: Timestamp?

    public init(
        id: PurchaseID,
        routerID: String,
        product: PurchasedProduct,
        createdAt: Timestamp,
        state: PurchaseState = .created
    ) {
        self.id = id
        self.routerID = routerID
        self.product = product
        self.createdAt = createdAt
        self.state = state
    }

    /// The bank or Conekta's antifraud refused the card.
    public var isCardDeclined: Bool {
        if case .cardDeclined = refusal { true } else { false }
    }

    /// What the buyer is charged.
    public var price: Money { product.price }
}
