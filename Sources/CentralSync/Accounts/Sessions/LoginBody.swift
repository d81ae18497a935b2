import Shared

/// `POST /auth/login`
struct LoginBody: Decodable, Sendable {
    let email: String
    let password: Secret<String>
    let code: String?
    let recoveryCode: String?

    enum CodingKeys: String, CodingKey {
        case email, password, code
        case recoveryCode = "recovery_code"
    }
}
