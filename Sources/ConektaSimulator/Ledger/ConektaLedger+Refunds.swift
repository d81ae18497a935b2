import Shared

extension ConektaLedger {
    /// Gives money back: `amountCents`, or all that is left when nil.
    ///
    /// Throws 428 `is_not_returnable` when the order is not paid, is too old, or has less left than asked for.
    mutating func refund(
        _ orderID: String,
        chargeID: String?,
        amountCents: Int64?,
        reason: String?,
        at now: Timestamp
    ) throws(ConektaRejection) {
        var order = try order(orderID)
        guard let index = order.paidChargeIndex, order.isRefundable(at: now) else { throw .notReturnable }
        let charge = order.charges[index]
        guard chargeID == nil || chargeID == charge.id else { throw .notFound("Charge", chargeID ?? "") }
        let left = charge.amountCents - charge.refundedCents
        let amount = amountCents ?? left
        guard amount >= 1 else { throw .invalid("amount") }
        guard amount <= left else { throw .notReturnable }
        order.charges[index].refunds.append(
            LedgerRefund(
                id: newHexadecimal(),
                amountCents: amount,
                reason: reason,
                authorizationCode: newAuthorizationCode(),
                createdAt: now
            )
        )
        save(&order, at: now)
    }
}
