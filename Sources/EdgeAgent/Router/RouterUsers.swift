import RouterOS

/// What a router says of its users.
enum RouterUsers: Sendable, Equatable {
    case listed([HotspotUser])
    /// It does not answer now.
    case away
    /// The site does not have it any more, so it cannot be asked.
    case gone
}
