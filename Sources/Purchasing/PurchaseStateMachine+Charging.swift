import Shared

// From the permission to charge to the certainty of what became of it.
extension PurchaseStateMachine {
    mutating func beginCharging(now: Timestamp) -> PurchaseStep {
        guard let orderID = purchase.orderID, purchase.chargeSentAt == nil else {
            return needAttention(.unexpectedEvent)
        }
        purchase.state = .charging
        purchase.chargeSentAt = now
        return commit(.charge(orderID: orderID))
    }

    mutating func handle(_ answer: ChargeAnswer, now: Timestamp) -> PurchaseStep {
        switch answer {
        case .looksPaid:
            // Double validation: nothing is delivered on the word of this answer alone.
            return act(readOrder)
        case .declined(let code):
            return end(.declined, refusal: .cardDeclined(code: code), now: now)
        case .refused:
            return end(.declined, refusal: .providerRefused, now: now)
        case .notSent:
            return end(.declined, refusal: .providerUnreachable, now: now)
        case .pending(let redirectURL):
            return doubt(redirectURL: redirectURL)
        case .unknown:
            return doubt(redirectURL: nil)
        }
    }

    /// A reading while it is open whether the card was charged: charging, in doubt, or watched after the end.
    mutating func handleWhileSettling(_ reading: OrderReading, now: Timestamp) -> PurchaseStep {
        if reading != .unreadable { lastReadAt = now }
        switch reading {
        case .paid(let chargeID, let chargedCents, let priceMatches, let refundedCents):
            purchase.chargeID = chargeID
            purchase.chargedCents = chargedCents
            purchase.refundedCents = refundedCents
            purchase.redirectURL = nil
            return becomePaid(priceMatches: priceMatches && refundedCents == 0, now: now)
        case .notOurs:
            return needAttention(.orderNotOurs)
        case _ where purchase.state == .declined:
            return watchForLateCharge(now: now)
        case .declined(let code):
            return end(.declined, refusal: .cardDeclined(code: code), now: now)
        case .pending(let redirectURL):
            return waitForBank(redirectURL: redirectURL, now: now)
        case .noCharge:
            guard hasPassed(policy.settleWindow, since: purchase.chargeSentAt, now: now) else { return stayInDoubt() }
            return endWithoutCharge(now: now)
        case .missing:
            guard hasPassed(policy.settleWindow, since: purchase.chargeSentAt, now: now) else { return stayInDoubt() }
            return needAttention(.orderMissing)
        case .unreadable:
            guard hasPassed(policy.attentionAfter, since: lastReadAt, now: now) else { return stayInDoubt() }
            return needAttention(.orderUnreadable)
        }
    }

    /// A reading while people are asked to look. What settles it is taken as always; the rest leaves it where it is.
    mutating func handleWhileWaitingForAttention(_ reading: OrderReading, now: Timestamp) -> PurchaseStep {
        // Paid for certain and on its way back: that part of the machine knows better what the reading means.
        if purchase.paidAt != nil || purchase.chargedCents != nil {
            return handleWhileRefunding(reading, now: now)
        }
        switch reading {
        case .paid, .declined, .pending, .noCharge: return handleWhileSettling(reading, now: now)
        case .unreadable, .missing, .notOurs: return retry(readOrder)
        }
    }

    /// How often an ended doubt is looked at again, while the watch lasts.
    mutating func watchForLateCharge(now: Timestamp) -> PurchaseStep {
        guard purchase.refusal == .noChargeFound, let orderID = purchase.orderID else { return act(.finish) }
        if hasPassed(policy.lateChargeWatch, since: purchase.chargeSentAt, now: now) { return commit(.finish) }
        failures += 1
        let delay = min(Duration.seconds(300 << min(failures, 5)), .seconds(3_600))
        return PurchaseStep(mustCommit: false, delay: delay, action: .readOrder(orderID: orderID))
    }

    // MARK: Pieces

    private mutating func doubt(redirectURL: String?) -> PurchaseStep {
        purchase.state = .inDoubt
        purchase.redirectURL = redirectURL
        failures = 1
        return PurchaseStep(mustCommit: true, delay: policy.delay(afterFailures: failures), action: readOrder)
    }

    private mutating func stayInDoubt() -> PurchaseStep {
        let isNew = purchase.state != .inDoubt
        purchase.state = .inDoubt
        purchase.attention = nil
        return retry(readOrder, mustCommit: isNew)
    }

    private mutating func waitForBank(redirectURL: String?, now: Timestamp) -> PurchaseStep {
        if hasPassed(policy.pendingAttentionAfter, since: purchase.chargeSentAt, now: now) {
            return needAttention(.pendingTooLong)
        }
        let isNew = purchase.state != .inDoubt || (redirectURL != nil && redirectURL != purchase.redirectURL)
        purchase.state = .inDoubt
        purchase.attention = nil
        purchase.redirectURL = redirectURL ?? purchase.redirectURL
        return retry(readOrder, mustCommit: isNew)
    }

    private mutating func endWithoutCharge(now: Timestamp) -> PurchaseStep {
        purchase.state = .declined
        purchase.refusal = .noChargeFound
        purchase.attention = nil
        purchase.endedAt = now
        failures = 0
        let watch = watchForLateCharge(now: now)
        return PurchaseStep(mustCommit: true, delay: watch.delay, action: watch.action)
    }

    private mutating func becomePaid(priceMatches: Bool, now: Timestamp) -> PurchaseStep {
        let wasEnded = purchase.state == .declined
        purchase.paidAt = now
        purchase.attention = nil
        purchase.endedAt = nil
        // A charge that is not what we asked for, that came after we said "not charged", or too late for whoever
        // stood there, buys nothing: it goes back.
        if !priceMatches || wasEnded || hasPassed(policy.latestDelivery, since: purchase.createdAt, now: now) {
            return beginRefund()
        }
        purchase.state = .paid
        purchase.fichaCode = mintCode()
        return askRouter(now: now, mustCommit: true)
    }

    /// Whether a time is over. One that was never set is; one in the future is not.
    func hasPassed(_ duration: Duration, since start: Timestamp?, now: Timestamp) -> Bool {
        guard let start else { return true }
        return now - start >= duration
    }
}
