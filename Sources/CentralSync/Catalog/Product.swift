import Shared

/// A catalogue entry of an empresa.
struct Product: Sendable, Equatable {
    /// Counted within the empresa; never given twice.
    let id: Int64
    let empresaID: String
    var name: String
    var priceCents: Int64
    var currency: String
    var durationSeconds: Int64
    var clock: FichaClock
    var mikrotikProfile: String
    /// Up and down together; nil for as many as fit into its time.
    var dataLimitBytes: Int64?
    /// Place in the catalogue, smallest first.
    var position: Int64
    var isFeatured: Bool
    var isActive: Bool
    /// The routers that sell it, sorted; empty for all.
    var routerIDs: [String]
    var details: JSONValue?
    var version: Int64
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var tag: EntityTag { EntityTag(version: version) }
}
