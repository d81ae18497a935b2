import Shared

/// A person with an account, without what only the login needs to know.
struct Usuario: Sendable, Equatable {
    let id: String
    var email: String
    var name: String
    var role: Role
    var empresaID: String?
    /// Of a cajero; sorted.
    var routerIDs: [String]
    var mustChangePassword: Bool
    /// When a temporary password stops working.
    var passwordExpiresAt: Timestamp?
    var hasSecondFactor: Bool
    /// A cajero can sell at a counter.
    var hasPIN = false
    var isDisabled: Bool
    var version: Int64
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var tag: EntityTag { EntityTag(version: version) }
}
