import HTTPTypes

/// Why a typed code did not bring its owner online.
enum RedeemRefusal: Equatable, Sendable {
    case mistyped, unknown, notSold, usedUp, movesUsedUp, deviceNotFound, refused, routerAway, tooManyTries

    /// Nil when it did.
    init?(_ outcome: ConnectionOutcome) {
        switch outcome {
        case .connected: return nil
        case .deviceNotFound: self = .deviceNotFound
        case .fichaUsedUp: self = .usedUp
        case .unknownFicha: self = .unknown
        case .fichaNotSold: self = .notSold
        case .movesUsedUp: self = .movesUsedUp
        case .refused: self = .refused
        case .routerAway: self = .routerAway
        }
    }

    /// What its owner reads.
    var message: String {
        switch self {
        case .mistyped: "Esos números no forman una ficha. Revisa uno por uno: deben ser 10."
        case .unknown: "No encontramos esa ficha aquí, o ya se terminó. Revisa los números o pregunta en el mostrador."
        case .refused: "La red no aceptó la conexión. Intenta otra vez, o enseña tu ficha en el mostrador."
        case .usedUp: "El tiempo de esa ficha ya se terminó, o está en uso en otro aparato."
        case .notSold: "Esa ficha todavía no se vende. Págala en el mostrador y vuelve a escribirla."
        case .movesUsedUp:
            "Esa ficha ya pasó por demasiados aparatos. Úsala en el último que se conectó, o pregunta en el mostrador."
        case .deviceNotFound:
            "No vemos tu teléfono en la red WiFi. Apaga los datos móviles y la VPN, conéctate otra vez al WiFi y vuelve a intentar."
        case .routerAway:
            "La red WiFi no responde en este momento. Tu ficha sigue siendo válida; intenta en un momento."
        case .tooManyTries: "Demasiados intentos seguidos. Espera un minuto y vuelve a intentar."
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .mistyped, .unknown: .unprocessableContent
        case .usedUp, .notSold, .movesUsedUp, .deviceNotFound, .refused: .conflict
        case .routerAway: .serviceUnavailable
        case .tooManyTries: .tooManyRequests
        }
    }
}
