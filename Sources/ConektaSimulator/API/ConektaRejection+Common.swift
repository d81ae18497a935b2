extension ConektaRejection {
    static func missing(_ parameter: String) -> ConektaRejection {
        ConektaRejection(
            .validation,
            "parameter_validation.\(Self.lastName(of: parameter)).missing",
            es: "Falta el parámetro \"\(parameter)\".",
            en: "The parameter \"\(parameter)\" is missing.",
            parameter: parameter
        )
    }

    static func invalid(_ parameter: String, _ problem: String = "invalid") -> ConektaRejection {
        ConektaRejection(
            .validation,
            "parameter_validation.\(Self.lastName(of: parameter)).\(problem)",
            es: "El parámetro \"\(parameter)\" no es válido.",
            en: "The parameter \"\(parameter)\" is not valid (\(problem)).",
            parameter: parameter
        )
    }

    static func unknownParameter(_ parameter: String) -> ConektaRejection {
        ConektaRejection(
            .validation,
            "parameter_validation.whitelist",
            es: "El parámetro \"\(parameter)\" no se reconoce.",
            en: "The parameter \"\(parameter)\" is not recognised.",
            parameter: parameter
        )
    }

    static func notFound(_ kind: String, _ id: String) -> ConektaRejection {
        ConektaRejection(
            .notFound,
            "resource_not_found.entity",
            es: "No se encontró el objeto \(kind) \"\(id)\".",
            en: "The object \(kind) \"\(id)\" was not found."
        )
    }

    static let malformedBody = ConektaRejection(
        .malformed,
        "malformed_request.invalid_json",
        es: "La petición no es JSON válido.",
        en: "The request body is not valid JSON."
    )

    static let missingKey = ConektaRejection(
        .authentication,
        "authentication.missing_key",
        es: "Falta la llave de acceso.",
        en: "No API key came with the request."
    )

    static let unrecognizedKey = ConektaRejection(
        .authentication,
        "authentication.unrecognized_key",
        es: "La llave de acceso no se reconoce.",
        en: "The API key is not recognised."
    )

    static let versionConflict = ConektaRejection(
        .conflict,
        "conflict.api_version",
        es: "Falta la versión de la API en el encabezado Accept, o no es la 2.3.0.",
        en: "The Accept header names no API version, or another one than 2.3.0."
    )

    static let hasPaidCharge = ConektaRejection(
        .precondition,
        "precondition_required.combo.order.cannot_be_updated_because_has_charge_paid",
        es: "La orden ya está pagada y no admite cambios.",
        en: "The order has a paid charge and cannot be changed."
    )

    static let hasCharge = ConektaRejection(
        .precondition,
        "precondition_required.combo.order.cannot_be_updated_because_has_charge",
        es: "La orden tiene un cargo en proceso y no admite cambios.",
        en: "The order has a charge under way and cannot be changed."
    )

    static let notReturnable = ConektaRejection(
        .precondition,
        "precondition_required.combo.order.is_not_returnable",
        es: "La orden no se puede devolver.",
        en: "The order cannot be refunded."
    )

    static let amountMismatch = ConektaRejection(
        .validation,
        "parameter_validation.combo.order.amount.invalid_charges_amount",
        es: "La suma de los cargos no es el monto de la orden.",
        en: "The charges do not add up to the amount of the order.",
        parameter: "charges"
    )

    static let belowMinimum = ConektaRejection(
        .validation,
        "parameter_validation.combo.order.currency_type.card.minimum",
        es: "El monto mínimo con tarjeta es de 3.00 MXN.",
        en: "A card payment has to be of 3.00 MXN or more."
    )

    /// The code for capturing what is not held is not recorded anywhere; this is the nearest one known.
    static let notCapturable = hasCharge

    static let nonexistentToken = ConektaRejection(
        .validation,
        "parameter_validation.payment_method.token_id.nonexistent_token",
        es: "El token no existe.",
        en: "The token does not exist.",
        parameter: "payment_method.token_id"
    )

    static let tokenOfOtherMode = ConektaRejection(
        .validation,
        "parameter_validation.payment_method.token_id.incorrect_livemode_of_token",
        es: "El token es de otro modo (prueba o real).",
        en: "The token is of the other mode (test or live).",
        parameter: "payment_method.token_id"
    )

    static let tokenUsed = ConektaRejection(
        .processing,
        "processing.tokenization.used",
        es: "Los datos de la tarjeta ya se usaron. Captúralos de nuevo.",
        en: "The token was used before."
    )

    static let generalFailure = ConektaRejection(
        .system,
        "api.system.general_failure",
        es: "Ocurrió un error. Intenta de nuevo.",
        en: "Something failed on our side."
    )

    static let rateLimited = ConektaRejection(
        .rateLimited,
        "rate_limit.exceeded",
        es: "Demasiadas peticiones. Espera un momento.",
        en: "Too many requests."
    )

    /// `street1` of `shipping_contact.address.street1`.
    private static func lastName(of parameter: String) -> String {
        parameter.split(separator: ".").last.map(String.init) ?? parameter
    }
}
