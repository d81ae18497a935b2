import HTTPTypes
import ServerKit

extension APIError {
    /// 401: one answer for an unknown address and a wrong password.
    static var loginFailed: APIError {
        unauthorized(code: "login_failed", message: "El correo o la contraseña no son correctos.", challenge: nil)
    }

    /// 401: the password was right; now the code.
    static var secondFactorRequired: APIError {
        unauthorized(code: "second_factor_required", message: "Escribe el código de tu aplicación.", challenge: nil)
    }

    /// 401: not the code of now, or one that was used already.
    static var secondFactorFailed: APIError {
        unauthorized(code: "second_factor_failed", message: "El código no es correcto o ya se usó.", challenge: nil)
    }

    /// 401: not a refresh token, or its session has ended.
    static var refreshInvalid: APIError {
        unauthorized(
            code: "refresh_invalid",
            message: "La sesión terminó. Inicia sesión de nuevo.",
            challenge: "invalid_token"
        )
    }

    /// 403 after the right password.
    static var accountDisabled: APIError {
        APIError(.forbidden, code: "account_disabled", message: "Esta cuenta está desactivada.")
    }

    /// 403: a temporary password that nobody used in time.
    static var passwordExpired: APIError {
        APIError(
            .forbidden,
            code: "password_expired",
            message: "La contraseña temporal venció. Pide otra a quien administra tu cuenta."
        )
    }

    /// 422: the present password is not this.
    static var wrongPassword: APIError {
        APIError(.unprocessableContent, code: "wrong_password", message: "La contraseña actual no es correcta.")
    }

    /// 422: of somebody who is signed in.
    static var secondFactorRefused: APIError {
        APIError(
            .unprocessableContent,
            code: "second_factor_failed",
            message: "El código no es correcto o ya se usó."
        )
    }

    /// 409
    static var emailTaken: APIError {
        APIError(.conflict, code: "email_taken", message: "Ya hay una cuenta con ese correo.")
    }

    /// 409: there would be nobody left who can let others in.
    static var lastSuperAdmin: APIError {
        APIError(.conflict, code: "last_super_admin", message: "Es el único super admin activo.")
    }

    /// 409: nobody locks themselves out.
    static var ownAccount: APIError {
        APIError(.conflict, code: "own_account", message: "No puedes desactivar tu propia cuenta ni cambiar su rol.")
    }

    /// 409
    static var secondFactorIsOn: APIError {
        APIError(.conflict, code: "second_factor_on", message: "El segundo factor ya está activo.")
    }

    /// 409
    static var secondFactorIsOff: APIError {
        APIError(.conflict, code: "second_factor_off", message: "El segundo factor no está activo.")
    }
}
