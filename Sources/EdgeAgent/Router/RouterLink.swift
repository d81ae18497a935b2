import Logging
import RouterOS
import Shared

/// One router of the site: its connection and what a sale needs of it.
struct RouterLink: Sendable {
    let id: String
    let client: RouterOSClient
    let hotspot: Hotspot
    let delivery: HotspotDelivery
    let connector: DeviceConnector

    init(_ router: SiteSnapshot.Router, wallClock: WallClock, logger: Logger) {
        id = router.id
        client = RouterOSClient(configuration: RouterOSConfiguration(router.api), wallClock: wallClock, logger: logger)
        hotspot = Hotspot(client)
        delivery = HotspotDelivery(router: router, hotspot: hotspot, logger: logger)
        connector = DeviceConnector(router: router, hotspot: hotspot, clock: ContinuousClock(), logger: logger)
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
