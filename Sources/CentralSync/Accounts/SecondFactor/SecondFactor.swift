import Shared

/// What somebody shows beside the password.
enum SecondFactor: Sendable {
    case code(String)
    case recoveryCode(String)

    /// Nil when nothing is shown. A code comes before a recovery code.
    init?(code: String?, recoveryCode: String?) {
        if let code {
            self = .code(code)
        } else if let recoveryCode {
            self = .recoveryCode(recoveryCode)
        } else {
            return nil
        }
    }
}
