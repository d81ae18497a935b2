import Logging
import RouterOS
import Shared

/// One router of the site: its connection and what a sale needs of it.
struct RouterLink: Sendable {
    let id: String
    private let router: SiteSnapshot.Router
    private let stopped: AsyncStream<Void>
    private let stoppedContinuation: AsyncStream<Void>.Continuation
    let client: RouterOSClient
    let hotspot: Hotspot
    let delivery: HotspotDelivery
    let connector: DeviceConnector
    /// What the life of fichas needs of the router.
    let line: FichaLine

    init(_ router: SiteSnapshot.Router, wallClock: WallClock, logger: Logger) {
        id = router.id
        self.router = router
        (stopped, stoppedContinuation) = AsyncStream.makeStream()
        client = RouterOSClient(configuration: RouterOSConfiguration(router.api), wallClock: wallClock, logger: logger)
        hotspot = Hotspot(client)
        delivery = HotspotDelivery(router: router, hotspot: hotspot, logger: logger)
        connector = DeviceConnector(router: router, hotspot: hotspot, clock: ContinuousClock(), logger: logger)
        line = FichaLine(routerID: router.id, server: router.hotspotServer, hotspot: hotspot, connector: connector)
    }

    /// Keeps the connection until it is stopped, or a shutdown begins. Call it once.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await client.run() }
            group.addTask { for await _ in stopped {} }
            await group.next()
            group.cancelAll()
        }
    }

    /// The router left the site, or is reached otherwise.
    func stop() {
        stoppedContinuation.finish()
    }

    /// Whether the router is reached and sold on as before.
    func serves(_ router: SiteSnapshot.Router) -> Bool {
        router.api == self.router.api && router.hotspotServer == self.router.hotspotServer
    }

    var isConnected: Bool {
        get async { await client.status.isConnected }
    }
}

extension RouterOSConfiguration {
    init(_ api: SiteSnapshot.Router.API) {
        self.init(
            host: api.host,
            port: api.port,
            username: api.username,
            password: api.password,
            tls: api.certificateSHA256.map { .pinned(sha256: $0.bytes) } ?? .none
        )
    }
}
