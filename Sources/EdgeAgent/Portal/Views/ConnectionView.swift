import Purchasing
import Shared

/// What a tap on *Conectar* led to, with the code again where there is one to keep.
struct ConnectionView: Sendable {
    let identity: PortalIdentity
    let heading: String
    let message: String
    let tone: String
    let steps: [String]
    let retryURL: String?
    let code: CodeView?
    let links: [LinkView]

    /// After a purchase.
    init(_ result: ConnectionResult, purchase: Purchase, code: FichaCode, identity: PortalIdentity) {
        self.init(
            result,
            identity: identity,
            retryURL: PortalPath.connect(purchase.routerID, purchase.id),
            code: CodeView(code),
            links: [LinkView(label: "Ver mi compra", url: PortalPath.purchase(purchase.routerID, purchase.id))]
        )
    }

    /// After a code was typed and worked.
    init(onlineAt routerID: String, identity: PortalIdentity) {
        self.init(.connected, routerID: routerID, identity: identity)
    }

    /// From *Mi ficha*.
    init(_ result: ConnectionResult, routerID: String, identity: PortalIdentity) {
        self.init(
            result,
            identity: identity,
            retryURL: PortalPath.connectMine(routerID),
            code: nil,
            links: [LinkView(label: "Ver cuánto me queda", url: PortalPath.mine(routerID))]
        )
    }

    private init(
        _ result: ConnectionResult,
        identity: PortalIdentity,
        retryURL: String?,
        code: CodeView?,
        links: [LinkView]
    ) {
        self.identity = identity
        heading = result.heading
        message = result.message
        tone = result == .connected ? "notice" : "notice wait"
        steps = result.steps
        self.retryURL = result.retryMayHelp ? retryURL : nil
        self.code = code
        self.links = links
    }
}

extension ConnectionResult {
    var heading: String {
        self == .connected ? "¡Ya estás en línea!" : "Todavía no estás en línea"
    }

    /// What happened.
    var message: String {
        switch self {
        case .connected: "Tu teléfono ya tiene internet."
        case .deviceNotFound: "No vemos tu teléfono en la red WiFi."
        case .unknownFicha: "La red ya no tiene esta ficha: puede ser que se haya terminado."
        case .fichaUsedUp: "El tiempo de esta ficha ya se terminó, o ya está en uso en otro aparato."
        case .fichaNotSold: "Esta ficha todavía no se vende. Págala en el mostrador."
        case .movesUsedUp: "Esta ficha ya pasó por demasiados aparatos. Úsala en el último que se conectó."
        case .refused: "La red no aceptó la conexión. Puede ser que la ficha ya se haya terminado."
        case .routerAway: "La red WiFi no responde en este momento. Tu ficha está guardada."
        case .tooManyTries: "Lo intentaste muchas veces seguidas. Espera un minuto. Tu ficha sigue siendo válida."
        }
    }

    /// What to do about it.
    var steps: [String] {
        switch self {
        case .connected: ["Ya puedes cerrar esta página."]
        case .deviceNotFound:
            [
                "1. Abre los ajustes de WiFi y conéctate otra vez a esta red. Apaga los datos móviles y la VPN.",
                "2. Vuelve a esta página y toca Intentar otra vez.",
            ]
        case .unknownFicha, .fichaUsedUp, .fichaNotSold, .movesUsedUp:
            ["Si crees que es un error, enseña tu ficha en el mostrador."]
        case .refused: ["Intenta otra vez. Si no funciona, enseña tu ficha en el mostrador."]
        case .routerAway, .tooManyTries: ["Espera un momento e intenta otra vez."]
        }
    }

    var retryMayHelp: Bool { [.deviceNotFound, .refused, .routerAway, .tooManyTries].contains(self) }
}
