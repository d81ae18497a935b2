import Shared

/// A place with a box.
struct Site: Sendable, Equatable {
    let id: String
    let empresaID: String
    var name: String
    /// IANA name; by its days the sales are counted.
    var timeZone: String
    /// Of the document its box sells by.
    let snapshotVersion: Int64
    var version: Int64
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var tag: EntityTag { EntityTag(version: version) }
}
