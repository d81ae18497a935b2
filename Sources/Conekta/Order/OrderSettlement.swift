/// What an order says about the money, read from all its charges.
///
/// An order's own `payment_status` may be missing or lag behind, and the first charge is only one of them: a paid order
/// was recorded with the charges paid, declined, declined (reference `conekta.md` §2.6).
public enum OrderSettlement: Hashable, Sendable {
    /// No charge was made, and none is waiting.
    case noCharge
    /// Not decided: the bank, or the buyer on the bank's page, is still to answer.
    case pending(redirectURL: String?)
    /// Exactly one charge took money, and all of it is still taken.
    case paid(ConektaCharge)
    /// More than one charge took money: all but one must go back.
    case paidMoreThanOnce([ConektaCharge])
    /// Every charge failed; the latest one, where there is one.
    case declined(ConektaCharge?)
    /// All the money that was taken was given back.
    case refunded
    /// Some of the money was given back, and `remainingCents` are still taken.
    case partiallyRefunded(remainingCents: Int64)
    /// The answer contradicts itself, is incomplete, or uses words that are not known. Never a reason to charge.
    case unclear
}

extension ConektaOrder {
    /// Up to a hundred million pesos: far above any sale, far below an overflow.
    private static let maximumCents: Int64 = 10_000_000_000

    /// What the order says about the money.
    public var settlement: OrderSettlement {
        let states = charges.map(\.state)
        guard states.contains(where: { $0 == .paid || $0 == .refunded || $0 == .partiallyRefunded }) else {
            return settlementWithoutMoney(states)
        }
        // A charge whose meaning is not known may have taken money as well.
        guard !states.contains(.unclear), chargesAreComplete else { return .unclear }
        return settlementOfTakenMoney
    }

    private func settlementWithoutMoney(_ states: [ConektaCharge.State]) -> OrderSettlement {
        guard chargesAreComplete, !states.contains(.unclear), (amountRefundedCents ?? 0) == 0 else { return .unclear }
        if states.contains(.pending) { return .pending(redirectURL: redirectURL) }
        switch paymentStatus {
        // An order that waits for 3-D Secure has no charge yet, or only those declined before.
        case "pending_payment" where charges.isEmpty || redirectURL != nil: return .pending(redirectURL: redirectURL)
        case nil where charges.isEmpty: return .noCharge
        case nil, "pending_payment", "declined", "expired", "canceled", "voided": return .declined(latestCharge)
        default: return .unclear
        }
    }

    private var settlementOfTakenMoney: OrderSettlement {
        let taken = charges.filter(\.hasTakenMoney)
        let paid = taken.filter { $0.state == .paid }
        let amounts = taken.compactMap(\.amountCents)
        // Amounts decide how much may still be given back, so none may be missing or absurd.
        guard amounts.count == taken.count, amounts.allSatisfy((1...Self.maximumCents).contains),
            (0...Self.maximumCents).contains(amountRefundedCents ?? 0)
        else { return .unclear }
        let givenBackWhole = taken.filter { $0.state == .refunded }.compactMap(\.amountCents).reduce(0, +)
        let givenBack = max(amountRefundedCents ?? 0, givenBackWhole)
        let remaining = amounts.reduce(0, +) - givenBack
        if remaining <= 0 { return .refunded }
        if paid.count > 1 { return .paidMoreThanOnce(paid) }
        if let charge = paid.first, taken.allSatisfy({ $0.state != .partiallyRefunded }), givenBack == givenBackWhole {
            return isContradicted ? .unclear : .paid(charge)
        }
        return .partiallyRefunded(remainingCents: remaining)
    }

    /// True when a paid charge stands beside something that may change what it means.
    private var isContradicted: Bool {
        let quiet = [nil, "paid", "pending_payment", "declined"].contains(paymentStatus)
        return !quiet || charges.contains { $0.state == .pending }
    }

    private var latestCharge: ConektaCharge? {
        // Recordings have the newest first, which nothing promises.
        let latest = charges.compactMap(\.createdAt).max()
        return charges.first { $0.createdAt == latest } ?? charges.first
    }
}
