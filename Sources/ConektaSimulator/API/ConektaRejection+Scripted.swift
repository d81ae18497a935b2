extension ConektaRejection {
    /// A refusal with the body that goes with a status, whatever the request was about (reference `conekta.md` §9).
    static func scripted(status: Int) -> ConektaRejection {
        switch status {
        case 400: .malformedBody
        case 401: .unrecognizedKey
        case 402: .processingFailure
        case 403: .forbidden
        case 404: .notFound("Order", "ord_desconocida")
        case 409: .versionConflict
        case 428: .hasCharge
        case 429: .rateLimited
        case 500...: .generalFailure
        default: .invalid("charges")
        }
    }

    private static let processingFailure = ConektaRejection(
        .processing,
        "processing.charge.card_payment.general_error",
        es: "No se pudo procesar el pago.",
        en: "The payment could not be processed."
    )

    /// Conekta gives 403 the type of a processing error.
    private static let forbidden = ConektaRejection(
        .processing,
        "forbidden.authentication.invalid_whitelist_access",
        es: "Esta dirección no puede usar la llave.",
        en: "This address may not use the key."
    )
}
