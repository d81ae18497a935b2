import RouterOS

/// What can be known of whether a paid purchase was delivered, when the one who knew is gone.
enum DeliveryEvidence: Sendable, Equatable {
    /// The router has the purchase's user.
    case delivered(HotspotUser)
    /// It has none, and nothing could have taken it away since.
    case notDelivered
    /// The router has to be asked, or asked again, later.
    case notYet
    /// It has none: never made, or used up and taken away, or lost with the router's memory.
    case unknown
}
