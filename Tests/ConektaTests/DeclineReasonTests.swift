import Testing

@testable import Conekta

@Suite struct DeclineReasonTests {
    @Test(arguments: [
        ("processing.bank.insufficient_funds", DeclineReason.insufficientFunds),
        ("processing.bank_bindings.insufficient_funds", .insufficientFunds),
        ("processing.bank.call_issuer", .callBank), ("processing.bank.timeout", .bankUnavailable),
        ("processing.bank.communication_error", .bankUnavailable), ("processing.bank.general_error", .bankUnavailable),
        ("processing.bank.amount_over_limit", .amountOverLimit),
        ("processing.bank.attempts_over_limit", .attemptsOverLimit),
        ("processing.bank.invalid_expiration_date", .invalidExpiration),
        ("processing.bank.invalid_card_security_code", .invalidSecurityCode),
        ("processing.bank.card_not_supported", .cardNotSupported),
        ("processing.bank.invalid_merchant", .sellerUnavailable), ("processing.bank.declined", .declined),
        ("processing.bank.pick_up_card", .declined), ("processing.bank.stolen_card", .declined),
        ("processing.bank.something_new", .declined), ("processing.bank.", .declined),
        ("processing.charge.card_payment.suspicious_behaviour", .declined),
        ("processing.charge.card_payment.declined_by_3ds", .verificationFailed),
        ("parameter_validation.charge.rejected_by_risk", .declined),
        ("parameter_validation.charge.blocked_payment_source", .declined),
        ("parameter_validation.charge.international_card_not_allowed", .internationalCard),
        ("parameter_validation.charge.expired_cvv_dynamic", .expiredSecurityCode),
        ("parameter_validation.card.number", .invalidNumber), ("parameter_validation.card.cvc", .invalidSecurityCode),
        ("parameter_validation.payment_method.token_id.nonexistent_token", .cardDataExpired),
    ])
    func errorCodes(code: String, reason: DeclineReason) {
        #expect(DeclineReason(errorCode: code) == reason)
    }

    @Test(arguments: [
        "", "authentication.unrecognized_key", "parameter_validation.combo.order.currency_type.card.minimum",
        "parameter_validation.payment_method.token_id.incorrect_livemode_of_token", "processing.tokenization.used",
        "precondition_required.combo.order.cannot_be_updated_because_has_charge_paid", "api.system.general_failure",
    ])
    func whatIsNotAboutTheCard(code: String) {
        #expect(DeclineReason(errorCode: code) == nil)
    }

    @Test(
        arguments: [
            ("insufficient_funds", DeclineReason.insufficientFunds), ("unprocessable_card_type", .cardNotSupported),
            ("suspected_fraud", .declined), ("stolen_card", .declined), ("restricted_card", .declined),
            ("card_declined", .declined), ("something_new", .declined), (nil, .declined),
        ] as [(String?, DeclineReason)]
    )
    func failureCodes(code: String?, reason: DeclineReason) {
        #expect(DeclineReason(failureCode: code) == reason)
    }

    @Test func everySentenceIsOneOfItsOwn() {
        let messages = DeclineReason.allCases.map(\.message)
        #expect(Set(messages).count == messages.count)
        for message in messages {
            #expect(message.hasSuffix("."))
            #expect(message.count <= 120)
        }
    }

    @Test func thereIsAlwaysSomethingToDo() {
        for reason in DeclineReason.allCases where !reason.anotherCardMayHelp && !reason.retryMayHelp {
            #expect(reason == .sellerUnavailable)
        }
        #expect(DeclineReason.allCases.filter { !$0.isCertain } == [.bankUnavailable])
    }
}
