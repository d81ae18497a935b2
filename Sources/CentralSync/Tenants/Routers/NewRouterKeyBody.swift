import Shared

/// A new key with its text, shown this once.
struct NewRouterKeyBody: Encodable, Sendable {
    let key: RouterKey
    let text: String

    enum CodingKeys: String, CodingKey {
        case id
        case text = "api_key"
        case expiresAt = "expires_at"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(key.id, forKey: .id)
        try members.encode(text, forKey: .text)
        try members.encode(key.expiresAt, forKey: .expiresAt)
    }
}
