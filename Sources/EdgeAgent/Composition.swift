import Conekta
import Hummingbird
import Logging
import Outbound
import ServerKit
import ServiceLifecycle
import Shared
import Store
import UnixSignals

/// The only place that puts the box together.
struct Composition {
    let settings: EdgeSettings
    let environment: [String: String]
    let logger: Logger
    let database: DurableDatabase
    let outbound: OutboundClient
    let fleet: RouterFleet
    let runner: PurchaseRunner
    let site: ActiveSite
    let pages: PortalPages
    let guardian = CardTestingGuard()
    let provider = ProviderReachability()
    let metrics = PrometheusRegistry(help: BoxMetrics.help)
    let health: HealthRegistry
    let clock: SiteClock

    /// Opens the database and reads the site document; nothing outside is asked yet.
    ///
    /// - Throws: Whatever is wrong with either.
    init(settings: EdgeSettings, environment: [String: String], logger: Logger) async throws {
        self.settings = settings
        self.environment = environment
        self.logger = logger
        site = try ActiveSite(SiteFile.read(settings.siteFile))
        pages = try PortalPages(
            directory: settings.portalDirectory + "/portal",
            site: site.snapshot,
            tokenizerURL: settings.tokenizerURL
        )
        database = try await BoxDatabase.open(path: settings.databaseFile)
        clock = try await SiteClock(database: database, system: .system)
        health = HealthRegistry(clock: clock.wallClock)
        outbound = try OutboundClient(logger: logger)
        let wallClock = clock.wallClock
        fleet = RouterFleet(site.snapshot.routers.map { RouterLink($0, wallClock: wallClock, logger: logger) })
        runner = PurchaseRunner(
            store: PurchaseStore(database: database),
            payments: ConektaPayments(
                client: Self.conekta(site.snapshot.conekta, settings.conektaURL, outbound, logger),
                portalURL: settings.portalURL,
                reachability: provider,
                logger: logger
            ),
            routers: fleet,
            guardian: guardian,
            policy: settings.policy,
            wallClock: clock.wallClock,
            steadyClock: clock.steadyClock,
            logger: logger
        )
    }

    /// Runs until a signal, or until a part fails. Parts end in the reverse of this order: first no new request is
    /// taken, then purchases come to rest, then the connections close.
    func run() async throws {
        let monitor = HealthMonitor(
            database: database,
            fleet: fleet,
            availability: availability,
            store: PurchaseStore(database: database),
            health: health,
            metrics: metrics,
            startedAt: clock.wallClock.now
        )
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: DatabaseService(database: database)),
                .init(service: outbound),
                .init(service: fleet),
                .init(service: runner),
                .init(service: monitor),
                .init(service: application()),
                .init(service: watchdog()),
                .init(service: StoppingNotice(notifier: SystemdNotifier(environment: environment))),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // Below systemd's TimeoutStopSec. What is cut off then is on the disk and taken up at the next start.
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        configuration.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }

    private static func conekta(
        _ keys: SiteSnapshot.ConektaKeys?,
        _ baseURL: String,
        _ outbound: OutboundClient,
        _ logger: Logger
    ) -> ConektaClient? {
        keys.map { keys in
            let configuration = ConektaConfiguration(
                baseURL: baseURL,
                privateKey: keys.privateKey,
                sendsShippingContact: keys.sendsShippingContact ?? false
            )
            return ConektaClient(configuration: configuration, outbound: outbound, logger: logger)
        }
    }

    // MARK: HTTP

    var availability: CardAvailability {
        CardAvailability(site: site, guardian: guardian, provider: provider, routers: fleet, database: database)
    }

    /// All routes of the box.
    func router() -> Router<AppRequestContext> {
        let pages = pages
        var options = AppRouter.Options(contentSecurityPolicy: pages.policy.pages)
        options.renderHTML = { pages.error($0, requestID: $1) }
        options.crossOriginPathPrefixes = ["/config/public", "/catalogo_perfiles_venta", "/payments"]
        let router = AppRouter.make(options: options, metrics: metrics)
        let keys = APIKeyGate(site: site, wallClock: clock.wallClock)
        let desk = PurchaseDesk(
            site: site,
            runner: runner,
            routers: fleet,
            guardian: guardian,
            availability: availability
        )
        SiteController(site: site, keys: keys, availability: availability, tokenizerURL: settings.tokenizerURL)
            .addRoutes(to: router)
        PaymentsController(keys: keys, purchases: desk, runner: runner, patience: settings.answerPatience)
            .addRoutes(to: router)
        PortalController(
            pages: pages,
            site: site,
            purchases: desk,
            runner: runner,
            routers: fleet,
            availability: availability,
            limits: ConnectionLimits(),
            wallClock: clock.wallClock
        ).addRoutes(to: router)
        HealthController(registry: health).addRoutes(to: router)
        let operations = router.group().add(middleware: LoopbackOnlyMiddleware(isOpen: settings.metricsArePublic))
        MetricsController(registry: metrics).addRoutes(to: operations)
        return router
    }

    private func application() -> some Service {
        let limits = ServerLimits()
        let notifier = SystemdNotifier(environment: environment)
        let (logger, listen) = (logger, settings.listen)
        return Application(
            router: router(),
            server: limits.http1(),
            configuration: limits.configuration(address: listen, logger: logger),
            onServerRunning: { channel in
                notifier.ready()
                let port = channel.localAddress?.port ?? listen.port
                logger.info("the box sells", metadata: ["host": "\(listen.host)", "port": "\(port)"])
            },
            logger: logger
        )
    }

    /// systemd is told that we are alive only after a request to ourselves was answered.
    private func watchdog() -> some Service {
        let (address, outbound) = (settings.listen.fromThisMachine, outbound)
        return WatchdogService(
            notifier: SystemdNotifier(environment: environment),
            environment: environment,
            logger: logger
        ) {
            var request = OutboundRequest(
                .get,
                "http://\(address)/healthz",
                timeouts: .init(connect: .seconds(2), total: .seconds(5))
            )
            request.allowsPlainHTTP = true
            guard case .answered = await outbound.send(request) else { throw WatchdogProbeFailed() }
        }
    }
}

/// The box did not answer itself.
struct WatchdogProbeFailed: Error {}
