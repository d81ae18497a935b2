extension CardDecline {
    /// Every code of reference `conekta.md` §2.8 that a card payment can end with.
    public static let all: [CardDecline] = bank + bankBindings + charge + card + token

    static let declined = CardDecline(
        "processing.bank.declined",
        "Tu banco rechazó el pago. Usa otra tarjeta o llama a tu banco.",
        "The bank declined it."
    )

    static let insufficientFunds = CardDecline(
        "processing.bank.insufficient_funds",
        failure: "insufficient_funds",
        "La tarjeta no tiene fondos suficientes.",
        "The card has insufficient funds."
    )

    static let suspiciousBehaviour = CardDecline(
        "processing.charge.card_payment.suspicious_behaviour",
        failure: "suspected_fraud",
        "El pago fue rechazado. Intenta con otro método de pago.",
        "Declined: suspicious behaviour."
    )

    static let declinedBy3DS = CardDecline(
        "processing.charge.card_payment.declined_by_3ds",
        "No se pudo confirmar tu identidad con tu banco.",
        "3DS authentication failed."
    )

    private static let bank: [CardDecline] = [
        declined,
        insufficientFunds,
        CardDecline("processing.bank.call_issuer", "Llama a tu banco para autorizar el pago.", "Call the issuer."),
        CardDecline("processing.bank.timeout", "El banco no respondió. Intenta más tarde.", "The bank timed out."),
        CardDecline("processing.bank.amount_over_limit", "El monto rebasa el límite de la tarjeta.", "Over the limit."),
        CardDecline(
            "processing.bank.attempts_over_limit",
            "Demasiados intentos con esta tarjeta.",
            "Too many attempts."
        ),
        CardDecline(
            "processing.bank.invalid_expiration_date",
            "La fecha de vencimiento no es correcta.",
            "Bad expiry."
        ),
        CardDecline("processing.bank.invalid_card_security_code", "El código de seguridad no es correcto.", "Bad CVC."),
        CardDecline(
            "processing.bank.card_not_supported",
            failure: "unprocessable_card_type",
            "La tarjeta no permite este pago.",
            "Not supported."
        ),
        CardDecline(
            "processing.bank.pick_up_card",
            failure: "restricted_card",
            "El banco restringió la tarjeta.",
            "Pick up card."
        ),
        CardDecline(
            "processing.bank.general_error",
            "El banco no pudo procesar el pago.",
            "General error at the bank."
        ),
        CardDecline("processing.bank.format_error", "El banco no pudo leer el pago.", "Format error at the bank."),
        CardDecline("processing.bank.communication_error", "No hubo comunicación con el banco.", "Bank unreachable."),
        CardDecline(
            "processing.bank.invalid_merchant",
            "El comercio no puede cobrar con tarjeta.",
            "Invalid merchant."
        ),
        CardDecline("processing.bank.invalid_card", "La tarjeta no es válida.", "Invalid card."),
        CardDecline("processing.bank.invalid_transaction", "El banco no acepta la operación.", "Invalid transaction."),
        CardDecline(
            "processing.bank.stolen_card",
            failure: "stolen_card",
            "El banco rechazó la tarjeta.",
            "Reported as stolen."
        ),
        CardDecline("processing.bank.expired_card", "La tarjeta está vencida.", "The card has expired."),
    ]

    private static let bankBindings: [CardDecline] = [
        CardDecline("processing.bank_bindings.declined", "Tu banco rechazó el pago.", "The bank declined it."),
        CardDecline(
            "processing.bank_bindings.insufficient_funds",
            failure: "insufficient_funds",
            "La tarjeta no tiene fondos.",
            "No funds."
        ),
    ]

    private static let charge: [CardDecline] = [
        suspiciousBehaviour,
        declinedBy3DS,
        validation("charge.international_card_not_allowed", "No se aceptan tarjetas de otro país."),
        validation("charge.risk_validation_amount_reaching", "El monto rebasa lo permitido."),
        validation("charge.rejected_by_risk", "El pago fue rechazado por seguridad."),
        validation("charge.blocked_payment_source", "Este medio de pago está bloqueado."),
        validation("charge.credit_forbidden_mcc", "No se aceptan tarjetas de crédito aquí."),
        validation("charge.mcc_forbidden", "La tarjeta no se acepta en este giro."),
        validation("charge.forbidden_card_for_company", "El comercio no acepta esta tarjeta."),
        validation("charge.invalid_number", "El número de la tarjeta no es válido."),
        validation("charge.expired_cvv_dynamic", "El código dinámico venció."),
        validation(
            "charge.monthly_installments_not_supported_for_international_cards",
            "Sin meses para tarjetas de otro país."
        ),
        validation("charge.monthly_installments_not_supported_for_debit", "Sin meses para tarjetas de débito."),
        validation("charge.disabled_msi_company", "El comercio no ofrece meses sin intereses."),
        validation("combo.order.currency_type.card.maximum", "El monto rebasa el máximo con tarjeta."),
    ]

    private static let card: [CardDecline] = [
        validation("card.number", "El número de la tarjeta no es válido."),
        validation("card.cvc", "El código de seguridad no es válido."),
        validation("card.forbidden_mcc_sivale", "La tarjeta Sí Vale no se acepta aquí."),
        validation("card.forbidden_mcc_rappi", "La tarjeta Rappi no se acepta aquí."),
        validation("card.restricted_bank_18_msi_only", "La tarjeta solo se acepta a 18 meses."),
    ]

    private static let token: [CardDecline] = [
        CardDecline(.tokenUsed), CardDecline(.nonexistentToken), CardDecline(.tokenOfOtherMode),
    ]

    private static func validation(_ code: String, _ spanish: String) -> CardDecline {
        CardDecline("parameter_validation." + code, spanish, "Refused: \(code).")
    }
}
