import Shared

// From the certain payment to the delivered ficha, or to the decision that the money goes back.
extension PurchaseStateMachine {
    /// Asks the router for the user.
    ///
    /// After a restart too, whatever the deadline says: it bounds how long the router may be away, and a first try
    /// costs nothing. A buyer who may have left is another matter.
    mutating func askRouter(now: PurchaseMoment, mustCommit: Bool) -> PurchaseStep {
        guard let code = purchase.fichaCode,
            !hasPassed(policy.latestDelivery, since: purchase.createdAt, now: now)
        else { return beginRefund() }
        // Committed before the router is asked: from here on the user may exist, whatever we hear.
        purchase.userMayExist = true
        purchase.provisionSentAt = now.time
        sentSomething(now)
        return PurchaseStep(mustCommit: mustCommit, delay: .zero, action: .provision(code))
    }

    mutating func deliver(now: PurchaseMoment) -> PurchaseStep {
        // Two arrows in one transaction: nothing outside is asked between "the router has it" and "the buyer owns it".
        purchase.state = .provisioned
        return end(.delivered, refusal: nil, now: now)
    }

    mutating func handle(_ failure: ProvisioningFailure, now: PurchaseMoment) -> PurchaseStep {
        switch failure {
        case .refused:
            return beginRefund()
        case .nameTaken:
            purchase.fichaCode = mintCode()
            return askRouter(now: now, mustCommit: true)
        case .routerAway:
            guard let code = purchase.fichaCode,
                !hasPassed(policy.deliveryDeadline, since: purchase.paidAt, now: now)
            else { return beginRefund() }
            purchase.provisionSentAt = now.time
            sentSomething(now)
            return retry(.provision(code))
        }
    }
}
