import HTTPTypes
import ServerKit

extension APIError {
    /// 401: no `Authorization: Bearer …`.
    static var tokenMissing: APIError {
        unauthorized(code: "token_missing", message: "Hace falta iniciar sesión.", challenge: nil)
    }

    /// 401: not a session token of ours.
    static var tokenInvalid: APIError {
        unauthorized(code: "token_invalid", message: "La sesión no es válida.", challenge: "invalid_token")
    }

    /// 401: get another with the refresh token.
    static var tokenExpired: APIError {
        unauthorized(code: "token_expired", message: "La sesión necesita renovarse.", challenge: "invalid_token")
    }

    /// 401: logged out, revoked, or the account is disabled. Only logging in again helps.
    static var sessionEnded: APIError {
        unauthorized(
            code: "session_ended",
            message: "La sesión terminó. Inicia sesión de nuevo.",
            challenge: "invalid_token"
        )
    }

    /// 403: signed in, but not for this.
    static var forbidden: APIError {
        APIError(.forbidden, code: "forbidden", message: "No tienes permiso para hacer esto.")
    }

    /// 403: nothing else before the password is changed.
    static var passwordChangeRequired: APIError {
        APIError(.forbidden, code: "password_change_required", message: "Primero cambia tu contraseña.")
    }

    /// 422: who belongs to no empresa says which.
    static var empresaRequired: APIError {
        APIError(.unprocessableContent, code: "empresa_required", message: "Indica la empresa con ?empresa_id=.")
    }

    /// RFC 6750 §3: a 401 says how to authenticate, and what was wrong with what came.
    static func unauthorized(code: String, message: String, challenge: String?) -> APIError {
        var error = APIError(.unauthorized, code: code, message: message)
        let reason = challenge.map { ", error=\"\($0)\"" } ?? ""
        error.headerFields[.wwwAuthenticate] = "Bearer realm=\"fichas\"" + reason
        return error
    }
}
