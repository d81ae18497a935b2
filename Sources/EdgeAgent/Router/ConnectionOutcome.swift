/// Whether a buyer's phone is online with its ficha. It never changes the sale.
enum ConnectionOutcome: Sendable, Equatable {
    /// The router shows the session.
    case connected
    /// The router has no such device on the hotspot: the phone left the WiFi, or this is not one.
    case deviceNotFound
    /// The router has no such user: the ficha was never sold here, or it ended and was removed.
    case unknownFicha
    /// The ficha's time or sessions are used up.
    case fichaUsedUp
    /// It was printed, and nobody paid for it yet.
    case fichaNotSold
    /// It went to other devices as often as it may.
    case movesUsedUp
    /// The router says no for another reason.
    case refused
    /// The router did not answer.
    case routerAway

    /// Stable code for the API.
    var code: String {
        switch self {
        case .connected: "connected"
        case .deviceNotFound: "device_not_found"
        case .unknownFicha: "unknown_ficha"
        case .fichaUsedUp: "ficha_used_up"
        case .fichaNotSold: "ficha_not_sold"
        case .movesUsedUp: "moves_used_up"
        case .refused: "refused"
        case .routerAway: "router_away"
        }
    }
}
