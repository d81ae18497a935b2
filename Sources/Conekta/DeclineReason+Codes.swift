extension DeclineReason {
    /// Reads an error code without its prefix `conekta.errors.`; nil when it is not about the card.
    ///
    /// Codes: reference `conekta.md` §2.8. Those about risk are here too, so that they become the plain refusal
    /// whatever HTTP status they came with.
    init?(errorCode: String) {
        let families = ["processing.bank.", "processing.bank_bindings."]
        if let family = families.first(where: errorCode.hasPrefix) {
            self = Self.bankCodes[String(errorCode.dropFirst(family.count))] ?? .declined
        } else if let reason = Self.otherCodes[errorCode] {
            self = reason
        } else {
            return nil
        }
    }

    /// Reads a charge's `failure_code`. What is missing or not known is the plain refusal.
    init(failureCode: String?) {
        self = failureCode.flatMap { Self.bankCodes[$0] } ?? .declined
    }

    /// What the bank said. `stolen_card`, `pick_up_card`, `restricted_card` and `suspected_fraud` are left out on
    /// purpose: all that is not here is the plain refusal.
    private static let bankCodes: [String: DeclineReason] = [
        "insufficient_funds": .insufficientFunds,
        "call_issuer": .callBank,
        "timeout": .bankUnavailable,
        "communication_error": .bankUnavailable,
        "general_error": .bankUnavailable,
        "amount_over_limit": .amountOverLimit,
        "attempts_over_limit": .attemptsOverLimit,
        "invalid_card": .invalidNumber,
        "invalid_expiration_date": .invalidExpiration,
        "expired_card": .invalidExpiration,
        "invalid_card_security_code": .invalidSecurityCode,
        "card_not_supported": .cardNotSupported,
        "unprocessable_card_type": .cardNotSupported,
        "invalid_merchant": .sellerUnavailable,
    ]

    private static let otherCodes: [String: DeclineReason] = [
        "processing.charge.card_payment.suspicious_behaviour": .declined,
        "processing.charge.card_payment.declined_by_3ds": .verificationFailed,
        "parameter_validation.charge.rejected_by_risk": .declined,
        "parameter_validation.charge.risk_validation_amount_reaching": .declined,
        "parameter_validation.charge.blocked_payment_source": .declined,
        "parameter_validation.charge.international_card_not_allowed": .internationalCard,
        "parameter_validation.charge.forbidden_card_for_company": .cardNotSupported,
        "parameter_validation.charge.credit_forbidden_mcc": .cardNotSupported,
        "parameter_validation.charge.mcc_forbidden": .cardNotSupported,
        "parameter_validation.charge.invalid_number": .invalidNumber,
        "parameter_validation.charge.expired_cvv_dynamic": .expiredSecurityCode,
        "parameter_validation.card.number": .invalidNumber,
        "parameter_validation.card.cvc": .invalidSecurityCode,
        "parameter_validation.card.forbidden_mcc_sivale": .cardNotSupported,
        "parameter_validation.card.forbidden_mcc_rappi": .cardNotSupported,
        "parameter_validation.payment_method.token_id.nonexistent_token": .cardDataExpired,
    ]
}
