import Purchasing
import Shared

/// *Mi ficha*: what is left of it, on the phone it works on.
struct MineView: Sendable {
    /// Somebody who leaves the page open sees the time go.
    private static let refresh = 60

    let identity: PortalIdentity
    let heading: String
    let timeLeft: String
    let timeLeftLabel: String
    let dataLeft: String?
    let isOnline: Bool
    /// Nil where the phone is online.
    let connectURL: String?
    /// That another one waits; nil where none does.
    let waiting: String?
    let catalogueURL: String
    let code: CodeView
    let product: ProductView
    /// How often it may still move; nil while nobody has to think of it.
    let moves: String?
    let refreshSeconds: Int?

    init(_ ficha: Ficha, waiting count: Int, isOnline: Bool, at moment: FichaMoment, identity: PortalIdentity) {
        self.identity = identity
        let seconds = ficha.timeLeft(at: moment).components.seconds
        timeLeft = seconds < 60 ? "menos de un minuto" : DurationText.text(seconds: seconds)
        let isOne = seconds < 60 || timeLeft.hasPrefix("1 ")
        heading = ficha.state == .active ? (isOne ? "Te queda" : "Te quedan") : "Tu ficha está lista"
        timeLeftLabel =
            switch ficha.product.clock {
            case .corrido where ficha.state == .active: "y sigue corriendo aunque te desconectes"
            case .corrido: "desde que la uses por primera vez"
            case .pausado: "en línea; si te desconectas, se detiene"
            }
        dataLeft = ficha.bytesLeft.map(Self.text(bytes:))
        self.isOnline = isOnline
        connectURL = isOnline ? nil : PortalPath.connectMine(ficha.routerID)
        waiting =
            switch count {
            case ...0: nil
            case 1: "Tienes otra ficha que empieza sola cuando se acabe ésta."
            default: "Tienes otras \(count) fichas que empiezan solas cuando se acabe ésta."
            }
        catalogueURL = PortalPath.catalogue(ficha.routerID)
        code = CodeView(ficha.code)
        product = ProductView(ficha.product)
        let left = Ficha.maximumMoves - ficha.moves
        moves =
            switch left {
            case Ficha.maximumMoves: nil
            case 0: "Ya no puede pasar a otro."
            default: "Puede pasar a otro \(left) \(left == 1 ? "vez" : "veces") más."
            }
        refreshSeconds = isOnline ? Self.refresh : nil
    }

    /// As phones count their data: `850 MB`, `1.5 GB`.
    private static func text(bytes: Int64) -> String {
        let megabytes = bytes / 1_000_000
        guard megabytes >= 1_000 else { return megabytes < 1 ? "menos de 1 MB" : "\(megabytes) MB" }
        let tenths = megabytes / 100
        return tenths % 10 == 0 ? "\(tenths / 10) GB" : "\(tenths / 10).\(tenths % 10) GB"
    }
}
