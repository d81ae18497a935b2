import HTTPTypes

extension APIError {
    /// 404: neither such a path nor such a method on it. Hummingbird does not tell the two apart
    /// (reference `swift.md` §4), so there is no 405.
    public static let notFound = APIError(.notFound, code: "not_found", message: "No existe lo que buscas.")

    /// 413: the body is larger than the route accepts.
    public static let bodyTooLarge = APIError(
        .contentTooLarge,
        code: "body_too_large",
        message: "La solicitud es demasiado grande."
    )

    /// 415: the body is not of the kind the route reads.
    public static let unsupportedMediaType = APIError(
        .unsupportedMediaType,
        code: "unsupported_media_type",
        message: "El tipo de contenido de la solicitud no es el esperado."
    )

    /// 500: something of ours failed. What it was is in the log, under the request id.
    public static let internalError = APIError(
        .internalServerError,
        code: "internal_error",
        message: "Algo falló de nuestro lado. Inténtalo de nuevo."
    )

    /// 503: the handler did not answer within its time.
    static let deadlineExceeded = APIError(
        .serviceUnavailable,
        code: "deadline_exceeded",
        message: "La solicitud tardó demasiado. Revisa si se completó antes de repetirla."
    )

    /// 422: one field of the body is missing or wrong. `reason` completes «El campo `field` …».
    public static func invalidField(_ field: String, _ reason: String) -> APIError {
        APIError(.unprocessableContent, code: "invalid_field", message: "El campo \(field) \(reason).")
    }

    /// 429 with `Retry-After`.
    public static func tooManyRequests(retryAfterSeconds: Int) -> APIError {
        var error = APIError(
            .tooManyRequests,
            code: "too_many_requests",
            message: "Demasiados intentos. Espera un momento y vuelve a intentar."
        )
        error.retryAfterSeconds = retryAfterSeconds
        return error
    }

    /// 503: more passwords wait to be hashed than we hash in a few seconds.
    static var tooManyPasswords: APIError {
        var error = APIError(
            .serviceUnavailable,
            code: "busy",
            message: "Hay muchas solicitudes en este momento. Intenta en unos segundos."
        )
        error.retryAfterSeconds = 3
        return error
    }
}
