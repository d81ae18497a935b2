import Shared

// From the permission to charge to the certainty of what became of it.
extension PurchaseStateMachine {
    mutating func beginCharging(now: PurchaseMoment) -> PurchaseStep {
        guard let orderID = purchase.orderID, purchase.chargeSentAt == nil else {
            return needAttention(.unexpectedEvent)
        }
        purchase.state = .charging
        purchase.chargeSentAt = now.time
        sentSomething(now)
        return commit(.charge(orderID: orderID))
    }

    mutating func handle(_ answer: ChargeAnswer, now: PurchaseMoment) -> PurchaseStep {
        switch answer {
        case .looksPaid(let chargeID):
            // Double validation: nothing is delivered on the word of this answer alone. But it is kept: an order that
            // never shows this charge is a matter for a person, not for "you were not charged".
            purchase.chargeID = chargeID
            return act(readOrder)
        case .declined(let code):
            return end(.declined, refusal: .cardDeclined(code: code), now: now)
        case .refused:
            // Nobody has written down what Conekta answers to a second charge on a paid order, and whatever stands on the
            // way may have sent ours twice: the order says whether the refusal was all that happened.
            wasRefused = true
            return act(readOrder)
        case .notSent:
            return end(.declined, refusal: .providerUnreachable, now: now)
        case .pending(let redirectURL):
            return doubt(redirectURL: redirectURL)
        case .unknown:
            return doubt(redirectURL: nil)
        }
    }

    /// A reading while it is open whether the card was charged: charging, in doubt, or watched after the end.
    mutating func handleWhileSettling(_ reading: OrderReading, now: PurchaseMoment) -> PurchaseStep {
        if reading != .unreadable { lastReadAt = now.time }
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
            return watchForLateCharge(after: reading, now: now)
        case .declined(let code):
            // Answered as paid and shown as declined: Conekta contradicts itself, and only a person can ask which it is.
            guard purchase.chargeID == nil else { return waitForCharge(now: now) }
            return end(.declined, refusal: .cardDeclined(code: code), now: now)
        case .pending(let redirectURL):
            return waitForBank(redirectURL: redirectURL, now: now)
        case .noCharge where purchase.chargeID != nil:
            return waitForCharge(now: now)
        case .noCharge where wasRefused:
            return end(.declined, refusal: .providerRefused, now: now)
        case .noCharge:
            guard hasSettled(policy.settleWindow, since: purchase.chargeSentAt, now: now) else { return stayInDoubt() }
            return endWithoutCharge(now: now)
        case .missing:
            guard hasSettled(policy.settleWindow, since: purchase.chargeSentAt, now: now) else { return stayInDoubt() }
            return needAttention(.orderMissing)
        case .unreadable:
            guard isUnreadableTooLong(now: now) else { return stayInDoubt() }
            return needAttention(.orderUnreadable)
        }
    }

    /// A reading while people are asked to look. What settles it is taken as always; the rest leaves it where it is.
    mutating func handleWhileWaitingForAttention(_ reading: OrderReading, now: PurchaseMoment) -> PurchaseStep {
        if purchase.attention == .deliveryUnknown { return handleWhileDeliveryIsUnknown(reading, now: now) }
        // Paid for certain and on its way back: that part of the machine knows better what the reading means.
        if purchase.paidAt != nil || purchase.chargedCents != nil {
            return handleWhileRefunding(reading, now: now)
        }
        switch reading {
        case .paid, .declined, .pending, .noCharge: return handleWhileSettling(reading, now: now)
        case .unreadable, .missing, .notOurs: return retry(readOrder)
        }
    }

    /// An ended doubt is looked at again until a reading after the watch says that nothing came of the charge. One that
    /// does not say so by then is for a person.
    mutating func watchForLateCharge(after reading: OrderReading, now: PurchaseMoment) -> PurchaseStep {
        guard hasSettled(policy.lateChargeWatch, since: purchase.chargeSentAt, now: now) else {
            return watchOn()
        }
        return switch reading {
        case .noCharge, .declined: commit(.finish)
        case .pending: needAttention(.pendingTooLong)
        case .missing: needAttention(.orderMissing)
        case .notOurs: needAttention(.orderNotOurs)
        case .unreadable, .paid: isUnreadableTooLong(now: now) ? needAttention(.orderUnreadable) : watchOn()
        }
    }

    /// Looks again in a while: after ten minutes, then less and less often.
    mutating func watchOn() -> PurchaseStep {
        failures += 1
        let delay = min(Duration.seconds(300 << min(failures, 5)), .seconds(3_600))
        return PurchaseStep(mustCommit: false, delay: delay, action: readOrder)
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

    private mutating func waitForBank(redirectURL: String?, now: PurchaseMoment) -> PurchaseStep {
        if hasPassed(policy.pendingAttentionAfter, since: purchase.chargeSentAt, now: now) {
            return needAttention(.pendingTooLong)
        }
        // Whoever confirms at the bank so late would be charged only to get it all back: they are not sent there.
        let isTooLate = hasPassed(policy.latestConfirmation, since: purchase.createdAt, now: now)
        let shownURL = isTooLate ? nil : redirectURL ?? purchase.redirectURL
        let isNew = purchase.state != .inDoubt || shownURL != purchase.redirectURL
        purchase.state = .inDoubt
        purchase.attention = nil
        purchase.redirectURL = shownURL
        return retry(readOrder, mustCommit: isNew)
    }

    /// The charge was answered as paid; the order may need a while to show it.
    private mutating func waitForCharge(now: PurchaseMoment) -> PurchaseStep {
        hasSettled(policy.settleWindow, since: purchase.chargeSentAt, now: now)
            ? needAttention(.chargeNotShown) : stayInDoubt()
    }

    private mutating func endWithoutCharge(now: PurchaseMoment) -> PurchaseStep {
        purchase.state = .declined
        purchase.refusal = .noChargeFound
        purchase.attention = nil
        purchase.endedAt = now.time
        failures = 0
        let watch = watchOn()
        return PurchaseStep(mustCommit: true, delay: watch.delay, action: watch.action)
    }

    private mutating func becomePaid(priceMatches: Bool, now: PurchaseMoment) -> PurchaseStep {
        let wasEnded = purchase.refusal != nil
        purchase.paidAt = now.time
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

    /// Whether a person has to know that the order cannot be read. Not in the first minutes after a start, when the way out
    /// may still be coming up.
    func isUnreadableTooLong(now: PurchaseMoment) -> Bool {
        hasPassed(policy.attentionAfter, since: lastReadAt, now: now)
            && now.uptime - settlingSince >= min(policy.settleWindow, policy.attentionAfter)
    }

    /// Whether a time is over. One that was never set is; one in the future is not.
    func hasPassed(_ duration: Duration, since start: Timestamp?, now: PurchaseMoment) -> Bool {
        guard let start else { return true }
        return now.time - start >= duration
    }

    /// Whether what was sent can no longer take effect unseen.
    ///
    /// The time written down is not enough: a box that was off, or whose clock was wrong, would end a watch over somebody's
    /// money in the moment it starts. So the time also has to have passed while this process looked on.
    func hasSettled(_ window: Duration, since sentAt: Timestamp?, now: PurchaseMoment) -> Bool {
        hasPassed(window, since: sentAt, now: now)
            && now.uptime - settlingSince >= min(window, policy.longestWatchAfterRestart)
    }

    /// From now on something is under way whose effect may come late.
    mutating func sentSomething(_ now: PurchaseMoment) {
        settlingSince = now.uptime
    }
}
