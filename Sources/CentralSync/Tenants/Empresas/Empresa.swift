import Shared

/// A tenant, without its secrets.
struct Empresa: Sendable, Equatable {
    let id: String
    var name: String
    /// Whom a buyer calls: free text.
    var supportContact: String?
    /// Nil while it has no keys of its own.
    var conektaPublicKey: String?
    /// Its account refuses orders without an address.
    var sendsShippingContact: Bool
    var isDisabled: Bool
    var version: Int64
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var tag: EntityTag { EntityTag(version: version) }
}
