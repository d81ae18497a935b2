import Shared

/// Who wants to sell.
struct LoginForm: Decodable, Sendable {
    let cashierID: String?
    let pin: Secret<String>?

    enum CodingKeys: String, CodingKey {
        case cashierID = "cajero"
        case pin
    }
}
