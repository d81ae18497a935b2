import Conekta
import Purchasing
import RouterOS
import Shared

extension Purchase {
    /// Takes over what a restored box found out about it.
    mutating func become(
        _ verdict: RestorationVerdict,
        _ order: ConektaOrder,
        _ reading: OrderReading,
        at now: Timestamp
    ) {
        orderID = order.id.text
        chargeSentAt = chargeSentAt ?? order.charges.compactMap(\.createdAt).min() ?? order.createdAt ?? now
        refusal = nil
        switch verdict {
        case .nothing: break
        case .undelivered:
            // One whose code the backup holds asks its router for that one; any other asks Conekta.
            guard state != .paid else { break }
            state = .inDoubt
            attention = nil
            (chargeID, chargedCents, refundedCents, paidAt) = (nil, nil, nil, nil)
            if case .pending(let redirectURL) = reading { self.redirectURL = redirectURL }
        case .giveBack:
            state = .refunding
            note(reading, order, at: now)
        case .delivered:
            state = .delivered
            attention = nil
            endedAt = now
            note(reading, order, at: now)
        case .refunded:
            state = .refunded
            attention = nil
            endedAt = now
            note(reading, order, at: now)
        case .refundedInPart: needAttention(.refundMismatch, reading, order, at: now)
        case .unknown: needAttention(.deliveryUnknown, reading, order, at: now)
        }
    }

    /// The user that the router has for it.
    mutating func remember(_ user: HotspotUser) {
        guard let code = FichaCode(digits: user.name) else { return }
        fichaCode = code
        userMayExist = true
    }

    private mutating func needAttention(
        _ reason: PurchaseAttention,
        _ reading: OrderReading,
        _ order: ConektaOrder,
        at now: Timestamp
    ) {
        state = .needsAttention
        attention = reason
        note(reading, order, at: now)
    }

    private mutating func note(_ reading: OrderReading, _ order: ConektaOrder, at now: Timestamp) {
        guard case .paid(let chargeID, let chargedCents, _, let refundedCents) = reading else { return }
        self.chargeID = chargeID
        self.chargedCents = chargedCents
        self.refundedCents = refundedCents
        redirectURL = nil
        paidAt = paidAt ?? order.charges.first(where: \.hasTakenMoney).flatMap { $0.paidAt ?? $0.createdAt } ?? now
    }
}
