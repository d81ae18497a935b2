import Shared

extension ConektaLedger {
    /// Judges a charge without executing anything: everything Conekta answers with 422 or 428.
    func check(
        _ draft: ChargeDraft,
        on order: LedgerOrder,
        account: ConektaAccount,
        at now: Timestamp
    ) throws(ConektaRejection) {
        try Self.requireOpen(order)
        try checkDetails(draft, amountCents: order.amountCents, account: account, at: now)
    }

    /// The part of `check` that needs no order yet.
    func checkDetails(
        _ draft: ChargeDraft,
        amountCents: Int64,
        account: ConektaAccount,
        at now: Timestamp
    ) throws(ConektaRejection) {
        guard draft.amountCents == nil || draft.amountCents == amountCents else { throw .amountMismatch }
        guard amountCents >= Self.minimumCardCents else { throw .belowMinimum }
        _ = try payer(draft.tokenID, livemode: account.livemode, at: now)
    }

    /// Tries to take the money.
    ///
    /// Throws 402 for a used token, which changes nothing, and for a decline, which leaves a declined charge on the
    /// order. A charge that needs 3DS comes back as pending.
    mutating func charge(
        _ orderID: String,
        _ draft: ChargeDraft,
        tampering: ChargeTampering?,
        account: ConektaAccount,
        at now: Timestamp
    ) throws(ConektaRejection) -> LedgerCharge {
        var order = try order(orderID)
        try check(draft, on: order, account: account, at: now)
        let (card, cardOutcome) = try payer(draft.tokenID, livemode: account.livemode, at: now)
        guard tokens[draft.tokenID]?.usedByOrderID == nil else { throw .tokenUsed }

        let outcome = tampering?.outcome ?? cardOutcome
        if case .declined(let decline) = outcome, !decline.leavesCharge {
            throw decline.rejection(changedOrderID: nil)
        }
        markUsed(draft.tokenID, by: orderID)
        var charge = LedgerCharge(
            id: newHexadecimal(),
            orderID: orderID,
            status: .pendingPayment,
            amountCents: tampering?.amountCents ?? order.amountCents,
            referenceID: draft.referenceID,
            tokenID: draft.tokenID,
            card: card,
            monthlyInstallments: draft.monthlyInstallments,
            createdAt: now
        )
        defer { save(&order, at: now) }
        if case .declined(let decline) = outcome {
            charge.fail(with: decline)
            order.charges.append(charge)
            throw decline.rejection(changedOrderID: orderID)
        }
        if outcome == .challenge || (outcome == .challengeWhenRequested && order.details.threeDSMode != nil) {
            openChallenge(on: &order, chargeID: charge.id)
        } else {
            charge.succeed(authorizationCode: newAuthorizationCode(), order: order, at: now)
        }
        order.charges.append(charge)
        return charge
    }

    /// Ends a 3DS challenge as the payer did. Nothing happens when it is over already; throws 404 for an unknown order.
    mutating func finishChallenge(of orderID: String, approved: Bool, at now: Timestamp) throws(ConektaRejection) {
        var order = try order(orderID)
        guard let challenge = order.challenge,
            let index = order.charges.firstIndex(where: { $0.id == challenge.chargeID })
        else { return }
        order.challenge = nil
        if approved {
            order.charges[index].succeed(authorizationCode: newAuthorizationCode(), order: order, at: now)
        } else {
            order.charges[index].fail(with: .declinedBy3DS)
        }
        save(&order, at: now)
    }

    /// The card and the outcome behind a token. Throws 422 for one that does not exist, is too old or of another mode.
    private func payer(
        _ tokenID: String,
        livemode: Bool,
        at now: Timestamp
    ) throws(ConektaRejection) -> (CardDetails, CardOutcome) {
        if let test = TestCards.token(tokenID) {
            guard !livemode else { throw .tokenOfOtherMode }
            return test
        }
        guard let token = tokens[tokenID], now - token.createdAt <= LedgerToken.lifetime else {
            throw .nonexistentToken
        }
        return (token.card, token.outcome)
    }

    /// Reference `conekta.md` §1: card orders begin at 3.00 MXN.
    private static let minimumCardCents: Int64 = 300
}

extension LedgerCharge {
    fileprivate mutating func succeed(authorizationCode: String, order: LedgerOrder, at now: Timestamp) {
        self.authorizationCode = authorizationCode
        status = order.details.preauthorizes ? .preauthorized : .paid
        paidAt = order.details.preauthorizes ? nil : now
    }

    fileprivate mutating func fail(with decline: CardDecline) {
        status = .declined
        failureCode = decline.failureCode
        failureMessage = decline.message.spanish
    }
}
