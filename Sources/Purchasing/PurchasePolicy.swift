/// The times a purchase lives by.
public struct PurchasePolicy: Sendable, Equatable {
    /// From the certain payment on, how long the router may take before the money goes back.
    public var deliveryDeadline: Duration
    /// Older than this when the payment becomes certain, a purchase is refunded: the buyer is gone.
    public var latestDelivery: Duration
    /// How long a charge or a refund that left may take to show in the order before its absence is believed. Conekta's
    /// calls end in a minute; reference `reliability.md` §1.3 starts at five.
    public var settleWindow: Duration
    /// How long a purchase that ended without a charge is still watched for a late one.
    public var lateChargeWatch: Duration
    /// How long after Conekta refused a refund, it is asked again; meanwhile a person sees it.
    public var refusedRefundRetry: Duration
    /// How long after the last attempt to create it, the absence of a user is not yet believed. What the system holds
    /// for a router out of reach it sends for a quarter of an hour (`tcp_retries2`); routers stall on top of that.
    public var userSettleWindow: Duration
    /// A process that starts keeps a watch it finds on the disk for this long at least, or for all of it if that is
    /// shorter: whoever set the clock meanwhile, it has looked for itself.
    public var longestWatchAfterRestart: Duration
    /// How long an order may be unreadable before a person has to know.
    public var attentionAfter: Duration
    /// How long a charge may wait for the bank before a person has to know.
    public var pendingAttentionAfter: Duration

    public init(
        deliveryDeadline: Duration = .seconds(120),
        latestDelivery: Duration = .seconds(1_800),
        settleWindow: Duration = .seconds(300),
        lateChargeWatch: Duration = .seconds(86_400),
        refusedRefundRetry: Duration = .seconds(3_600),
        userSettleWindow: Duration = .seconds(3_600),
        longestWatchAfterRestart: Duration = .seconds(3_600),
        attentionAfter: Duration = .seconds(3_600),
        pendingAttentionAfter: Duration = .seconds(86_400)
    ) {
        self.deliveryDeadline = deliveryDeadline
        self.latestDelivery = latestDelivery
        self.settleWindow = settleWindow
        self.lateChargeWatch = lateChargeWatch
        self.refusedRefundRetry = refusedRefundRetry
        self.userSettleWindow = userSettleWindow
        self.longestWatchAfterRestart = longestWatchAfterRestart
        self.attentionAfter = attentionAfter
        self.pendingAttentionAfter = pendingAttentionAfter
    }

    /// From the tap on, until when a buyer is sent to their bank to confirm: early enough for what follows to be in time.
    var latestConfirmation: Duration { latestDelivery - .seconds(300) }

    /// Waits between attempts at the same thing: 0.5 s, then doubling to 15 s; after forty attempts five minutes.
    ///
    /// Short at first because a person stands and waits; slow at last because a box must not hammer.
    func delay(afterFailures failures: Int) -> Duration {
        switch failures {
        case ...0: .zero
        case 1...5: .milliseconds(500 << (failures - 1))
        case 6...40: .seconds(15)
        default: .seconds(300)
        }
    }
}
