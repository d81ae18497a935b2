import Conekta
import Purchasing
import Shared

extension OrderReading {
    /// What an order shows of a purchase.
    init(_ order: ConektaOrder, for purchase: Purchase) {
        guard order.metadata[OrderMetadata.purchaseKey] == purchase.id.text else {
            self = .notOurs
            return
        }
        switch order.settlement {
        case .noCharge: self = .noCharge
        case .pending(let redirectURL): self = .pending(redirectURL: redirectURL)
        case .declined(let charge): self = .declined(code: (charge?.declineReason ?? .declined).rawValue)
        case .paid(let charge):
            self = .paid(
                order,
                priceMatches: order.isThePrice(of: purchase, charge),
                remainingCents: charge.amountCents ?? 0
            )
        // Two paid charges on one order are not what was asked for: all of it goes back.
        case .paidMoreThanOnce(let charges):
            let remainingCents = charges.compactMap(\.amountCents).reduce(0, +)
            self = .paid(order, priceMatches: false, remainingCents: remainingCents)
        case .refunded: self = .paid(order, priceMatches: false, remainingCents: 0)
        case .partiallyRefunded(let remainingCents):
            self = .paid(order, priceMatches: false, remainingCents: remainingCents)
        case .unclear: self = .unreadable
        }
    }

    /// - Parameter remainingCents: What has not gone back.
    private static func paid(_ order: ConektaOrder, priceMatches: Bool, remainingCents: Int64) -> OrderReading {
        let taken = order.charges.filter(\.hasTakenMoney)
        guard let charge = taken.first(where: { $0.state == .paid }) ?? taken.first else { return .unreadable }
        let chargedCents = taken.compactMap(\.amountCents).reduce(0, +)
        return .paid(
            chargeID: charge.id,
            chargedCents: chargedCents,
            priceMatches: priceMatches,
            refundedCents: chargedCents - remainingCents
        )
    }
}

extension ConektaOrder {
    /// One charge, of the amount and in the currency that was asked for. A charge need not name its currency.
    fileprivate func isThePrice(of purchase: Purchase, _ charge: ConektaCharge) -> Bool {
        amount == purchase.price && charge.amountCents == purchase.price.cents
            && (charge.currency ?? purchase.price.currency) == purchase.price.currency
            && charges.filter(\.hasTakenMoney).count == 1
    }
}
