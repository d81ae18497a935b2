import Shared
import Store

/// Why no card can be taken right now, so that nobody is asked for one.
enum CardUnavailability: String, Sendable, Equatable, CaseIterable {
    /// The empresa has given no Conekta keys.
    case notConfigured = "not_configured"
    /// Too many cards were declined at this site; they are refused for a while.
    case tooManyDeclines = "too_many_declines"
    /// There is no way to Conekta at the moment.
    case providerUnreachable = "provider_unreachable"
    /// The router does not answer, so nothing that is paid could be delivered.
    case routerAway = "router_away"
    /// The disk takes nothing, so no sale could be written down.
    case storageUnavailable = "storage_unavailable"

    /// The box was put back from a backup and finds out first what it sold since.
    case restoring = "restoring"

    /// Whether it may be over in a minute, so that a page may look again by itself.
    var mayPass: Bool { self != .notConfigured }

    /// What a buyer reads.
    var message: String {
        switch self {
        case .notConfigured: "Aquí todavía no se puede pagar con tarjeta. Compra tu ficha en el mostrador."
        case .tooManyDeclines, .storageUnavailable:
            "Por ahora no se puede pagar con tarjeta. Compra tu ficha en el mostrador."
        case .providerUnreachable:
            "No hay conexión con el banco en este momento. Intenta en unos minutos o compra tu ficha en el mostrador."
        case .restoring:
            "Estamos poniendo al día las compras con tarjeta. Intenta en unos minutos o compra tu ficha en el mostrador."
        case .routerAway:
            "La red WiFi no responde en este momento. No te cobramos nada; intenta en unos minutos."
        }
    }
}

/// Asks the parts that know whether a card can be taken.
struct CardAvailability: Sendable {
    let inForce: SiteInForce
    let guardian: CardTestingGuard
    let wayOut: WayOut
    let routers: any PurchaseRouters
    let database: DurableDatabase
    var restoration = RestorationGate()

    /// Nil when a card can be taken at the router.
    func reasonAgainst(routerID: String) async -> CardUnavailability? {
        if inForce.site.snapshot.conekta == nil { return .notConfigured }
        if database.lastCommitFailure != nil { return .storageUnavailable }
        if !restoration.isOpen { return .restoring }
        if guardian.siteBlockSeconds != nil { return .tooManyDeclines }
        if !wayOut.isOpen { return .providerUnreachable }
        if await !routers.isConnected(routerID) { return .routerAway }
        return nil
    }
}
