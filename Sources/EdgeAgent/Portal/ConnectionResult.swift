/// How a tap on *Conectar* ended, as it stands in the address of the page that tells.
enum ConnectionResult: String, CaseIterable, Sendable {
    case connected, refused
    case deviceNotFound = "device_not_found"
    case unknownFicha = "unknown_ficha"
    case fichaUsedUp = "ficha_used_up"
    case fichaNotSold = "ficha_not_sold"
    case movesUsedUp = "moves_used_up"
    case routerAway = "router_away"
    case tooManyTries = "too_many_tries"

    init(_ outcome: ConnectionOutcome) {
        self =
            switch outcome {
            case .connected: .connected
            case .deviceNotFound: .deviceNotFound
            case .unknownFicha: .unknownFicha
            case .fichaUsedUp: .fichaUsedUp
            case .fichaNotSold: .fichaNotSold
            case .movesUsedUp: .movesUsedUp
            case .refused: .refused
            case .routerAway: .routerAway
            }
    }
}
