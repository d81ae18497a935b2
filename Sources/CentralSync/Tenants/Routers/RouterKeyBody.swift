import Shared

/// A key as lists show it.
struct RouterKeyBody: Encodable, Sendable, Equatable {
    let id: String
    let issuedAt: Timestamp
    /// When it stops working, whatever is the reason.
    let endsAt: Timestamp

    init(_ key: RouterKey) {
        id = key.id
        issuedAt = key.issuedAt
        endsAt = key.endsAt
    }

    enum CodingKeys: String, CodingKey {
        case id
        case issuedAt = "issued_at"
        case endsAt = "ends_at"
    }
}
