import Shared

/// A place with a box.
struct Site: Sendable, Equatable {
    let id: String
    let empresaID: String
    var name: String
    /// IANA name; by its days the sales are counted.
    var timeZone: String
    /// The network that its slips name.
    var wifiName: String?
    /// Where its slips can come out.
    var printers: [SiteSnapshot.Printer]
    /// Of the document its box sells by.
    let snapshotVersion: Int64
    var version: Int64
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var tag: EntityTag { EntityTag(version: version) }
}
