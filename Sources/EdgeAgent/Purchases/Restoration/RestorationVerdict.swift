import Purchasing
import RouterOS

/// What a restored box does about a purchase of which it knows only what Conekta and the router show: the decision, pure.
///
/// Never both a ficha that was used and the money back, and never neither (decision 0017).
enum RestorationVerdict: Sendable, Equatable {
    /// No money moved and none will.
    case nothing
    /// Nobody got a ficha for it. What becomes of its charge the purchase deals with as after any crash: it looks, and
    /// never charges.
    case undelivered
    /// It was charged otherwise than was asked for, so it was not delivered: the money goes back.
    case giveBack
    /// The buyer has the ficha.
    case delivered(HotspotUser)
    /// The money is back.
    case refunded
    /// Some of the money is back.
    case refundedInPart
    /// Nobody can know. `mayBeKnownLater` while Conekta or the router have to be asked again.
    case unknown(mayBeKnownLater: Bool)

    /// - Parameters:
    ///   - mayStillBeCharged: So little time has passed that a charge which left may still take effect.
    ///   - isLast: It will not be looked into again.
    init(_ reading: OrderReading, _ evidence: DeliveryEvidence, mayStillBeCharged: Bool, isLast: Bool) {
        switch reading {
        case .noCharge: self = mayStillBeCharged ? .undelivered : .nothing
        case .declined, .notOurs, .missing: self = .nothing
        case .pending: self = .undelivered
        case .unreadable: self = .unknown(mayBeKnownLater: !isLast)
        case .paid where evidence == .notYet: self = .unknown(mayBeKnownLater: true)
        case .paid(_, let chargedCents, _, let refundedCents) where refundedCents > 0:
            self = refundedCents == chargedCents ? .refunded : .refundedInPart
        case .paid(_, _, priceMatches: false, _): self = .giveBack
        case .paid:
            switch evidence {
            case .delivered(let user): self = .delivered(user)
            case .notDelivered: self = .undelivered
            case .unknown, .notYet: self = .unknown(mayBeKnownLater: false)
            }
        }
    }
}
