import Shared

// The way back of the money, and of the user that may have been made for it.
extension PurchaseStateMachine {
    /// Decides that the money goes back. The order is read before anything is sent: a refund has no idempotency key.
    mutating func beginRefund() -> PurchaseStep {
        purchase.state = .refunding
        return commit(readOrder)
    }

    mutating func handleWhileRefunding(_ reading: OrderReading, now: PurchaseMoment) -> PurchaseStep {
        if reading != .unreadable { lastReadAt = now.time }
        switch reading {
        case .paid(_, let chargedCents, _, let refundedCents):
            purchase.chargedCents = chargedCents
            purchase.refundedCents = refundedCents
            if refundedCents == chargedCents { return finishRefund(now: now) }
            if refundedCents != 0 { return needAttention(.refundMismatch) }
            return sendRefund(chargedCents: chargedCents, now: now)
        case .unreadable:
            guard isUnreadableTooLong(now: now) else { return retry(readOrder) }
            return needAttention(.orderUnreadable)
        case .notOurs:
            return needAttention(.orderNotOurs)
        case .missing, .pending, .declined, .noCharge:
            // It was paid; now it is not, and not refunded either. Conekta contradicts itself.
            return needAttention(.refundMismatch)
        }
    }

    /// Whoever has used the ficha must not get the money as well, so nothing goes back by itself. Somebody who knows better
    /// gives it back at Conekta, and that is seen here, within an hour: there may be many of these, and nobody waits.
    mutating func handleWhileDeliveryIsUnknown(_ reading: OrderReading, now: PurchaseMoment) -> PurchaseStep {
        guard case .paid(_, let chargedCents, _, let refundedCents) = reading, refundedCents == chargedCents else {
            return watchOn()
        }
        purchase.chargedCents = chargedCents
        purchase.refundedCents = refundedCents
        return finishRefund(now: now)
    }

    mutating func handle(_ answer: RefundAnswer, now: PurchaseMoment) -> PurchaseStep {
        switch answer {
        case .accepted:
            // As with the charge: the order, not the answer, says that the money went back. But what was accepted once is
            // not sent again, however long the order takes to show it (refunds may be pending, `conekta.md` §3).
            purchase.refundAcceptedAt = now.time
            return commit(readOrder)
        case .unknown:
            return retry(readOrder)
        case .notSent:
            purchase.refundSentAt = nil
            return retry(readOrder)
        case .refused:
            return needAttention(.refundRefused)
        }
    }

    /// What is left to do for a purchase whose money is back: make sure no user of it is on the router.
    mutating func cleanUp(now: PurchaseMoment, mustCommit: Bool) -> PurchaseStep {
        guard purchase.userMayExist, let code = purchase.fichaCode else {
            return PurchaseStep(mustCommit: mustCommit, delay: .zero, action: .finish)
        }
        return PurchaseStep(mustCommit: mustCommit, delay: .zero, action: .removeUser(code))
    }

    /// The user is not there. Looked at again and again, later each time, until the router can no longer create it: the
    /// system goes on sending to a router that is out of reach, and to a socket we have long closed.
    mutating func handleUserAbsent(now: PurchaseMoment) -> PurchaseStep {
        guard let code = purchase.fichaCode,
            !hasSettled(policy.userSettleWindow, since: purchase.provisionSentAt, now: now)
        else {
            purchase.userMayExist = false
            return commit(.finish)
        }
        // At once, then after 1, 5, 21 and 61 minutes.
        let delay = min(Duration.seconds(60 << (2 * min(failures, 3))), .seconds(2_400))
        failures += 1
        return PurchaseStep(mustCommit: false, delay: delay, action: .removeUser(code))
    }

    // MARK: Pieces

    private mutating func sendRefund(chargedCents: Int64, now: PurchaseMoment) -> PurchaseStep {
        guard let orderID = purchase.orderID else { return needAttention(.unexpectedEvent) }
        if let acceptedAt = purchase.refundAcceptedAt {
            return hasPassed(policy.settleWindow, since: acceptedAt, now: now)
                ? needAttention(.refundNotShown) : retry(readOrder)
        }
        // One is on its way and may be slow. Always the full amount, so that a second one cannot pay twice: the order
        // refuses it (reference `conekta.md` §4). One that was refused is not insisted on.
        let window = purchase.attention == .refundRefused ? policy.refusedRefundRetry : policy.settleWindow
        guard hasPassed(window, since: purchase.refundSentAt, now: now) else { return retry(readOrder) }
        purchase.state = .refunding
        purchase.refundSentAt = now.time
        return commit(.refund(orderID: orderID, cents: chargedCents))
    }

    private mutating func finishRefund(now: PurchaseMoment) -> PurchaseStep {
        purchase.state = .refunded
        purchase.attention = nil
        purchase.endedAt = now.time
        failures = 0
        return cleanUp(now: now, mustCommit: true)
    }
}
