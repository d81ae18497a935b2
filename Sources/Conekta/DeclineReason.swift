/// Why a card was refused, as far as its holder can do something about it.
///
/// The raw value is our stable code for clients. Whatever smells of fraud or theft is `declined`, with the same words as
/// an unknown refusal: who tries out stolen cards must learn nothing from the answer.
public enum DeclineReason: String, CaseIterable, Hashable, Sendable {
    /// Refused without a reason that may be told.
    case declined
    case insufficientFunds = "insufficient_funds"
    /// The bank wants to hear from its customer first.
    case callBank = "call_bank"
    /// The bank did not answer; reported as refused, but see `isCertain`.
    case bankUnavailable = "bank_unavailable"
    case amountOverLimit = "amount_over_limit"
    case attemptsOverLimit = "attempts_over_limit"
    case invalidNumber = "invalid_number"
    case invalidExpiration = "invalid_expiration"
    case invalidSecurityCode = "invalid_security_code"
    /// A security code that the bank's app shows for a short time.
    case expiredSecurityCode = "expired_security_code"
    /// A kind of card that is not taken: vouchers, foreign brands.
    case cardNotSupported = "card_not_supported"
    case internationalCard = "international_card"
    /// The buyer did not pass the bank's check (3-D Secure).
    case verificationFailed = "verification_failed"
    /// The card's data expired or belong to another key: they must be typed again.
    case cardDataExpired = "card_data_expired"
    /// The seller's account cannot take cards.
    case sellerUnavailable = "seller_unavailable"

    /// A sentence for the buyer, in Spanish, that says what to do.
    public var message: String {
        switch self {
        case .declined: "Tu banco no autorizó el pago. Prueba con otra tarjeta."
        case .insufficientFunds: "Tu tarjeta no tiene saldo suficiente. Prueba con otra tarjeta."
        case .callBank: "Tu banco pide que lo llames para autorizar el pago. Llámalo o prueba con otra tarjeta."
        case .bankUnavailable: "El banco de tu tarjeta no respondió. Inténtalo de nuevo en unos minutos."
        case .amountOverLimit: "El monto pasa del límite de tu tarjeta. Prueba con otra tarjeta."
        case .attemptsOverLimit: "Tu tarjeta llegó a su límite de intentos. Prueba con otra tarjeta."
        case .invalidNumber: "El número de la tarjeta no es correcto. Revísalo e inténtalo de nuevo."
        case .invalidExpiration: "La fecha de vencimiento no es correcta o ya pasó. Revísala o prueba con otra tarjeta."
        case .invalidSecurityCode: "El código de seguridad (CVV) no es correcto. Revísalo e inténtalo de nuevo."
        case .expiredSecurityCode: "El CVV dinámico ya venció. Genera otro en la app de tu banco e inténtalo de nuevo."
        case .cardNotSupported: "No aceptamos este tipo de tarjeta. Prueba con otra de débito o crédito."
        case .internationalCard: "No aceptamos tarjetas emitidas fuera de México. Prueba con otra tarjeta."
        case .verificationFailed:
            "Tu banco no pudo verificar que eres tú. Inténtalo de nuevo o prueba con otra tarjeta."
        case .cardDataExpired: "Los datos de tu tarjeta ya no son válidos. Escríbelos de nuevo."
        case .sellerUnavailable: "Por ahora no podemos cobrar con tarjeta. Compra tu ficha en el mostrador."
        }
    }

    /// Whether paying with another card may help.
    public var anotherCardMayHelp: Bool { self != .sellerUnavailable && self != .cardDataExpired }

    /// Whether trying again with the same card may help, its data typed anew.
    public var retryMayHelp: Bool {
        switch self {
        case .callBank, .bankUnavailable, .invalidNumber, .invalidExpiration, .invalidSecurityCode,
            .expiredSecurityCode, .verificationFailed, .cardDataExpired:
            true
        case .declined, .insufficientFunds, .amountOverLimit, .attemptsOverLimit, .cardNotSupported,
            .internationalCard, .sellerUnavailable:
            false
        }
    }

    /// False when the refusal reports silence on the bank's side: read the order again before telling the buyer that
    /// nothing was charged (reference `conekta.md` §2.8).
    public var isCertain: Bool { self != .bankUnavailable }
}
