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
    let fichas: FichaDesk
    let inForce: SiteInForce
    let counterPages: CounterPages
    /// Nil where the site document is a file.
    let sync: SyncParts?
    let guardian = CardTestingGuard()
    let wayOut = WayOut()
    let accounts: ConektaAccounts
    let restorationGate: RestorationGate
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
        database = try await BoxDatabase.open(path: settings.databaseFile)
        clock = try await SiteClock(database: database, system: .system)
        health = HealthRegistry(clock: clock.wallClock)
        outbound = try OutboundClient(logger: logger)
        fleet = RouterFleet(wallClock: clock.wallClock, logger: logger)
        let (conektaURL, outbound) = (settings.conektaURL, outbound)
        let restoration = try await RestorationStore(database: database).current()
        restorationGate = RestorationGate(isOpen: restoration?.isSearched ?? true)
        accounts = ConektaAccounts { keys in
            let configuration = ConektaConfiguration(
                baseURL: conektaURL,
                privateKey: keys.privateKey,
                sendsShippingContact: keys.sendsShippingContact ?? false
            )
            return ConektaClient(configuration: configuration, outbound: outbound, logger: logger)
        }
        counterPages = try CounterPages(directory: settings.portalDirectory + "/mostrador")
        let (directory, tokenizerURL) = (settings.portalDirectory + "/portal", settings.tokenizerURL)
        let document: SiteSnapshot
        if let credential = try CentreCredential(path: settings.centreFile) {
            let parts = SyncParts(credential, database: database, outbound: outbound)
            document = try await parts.document(wallClock: clock.wallClock)
            sync = parts
        } else {
            document = try SiteFile.read(settings.siteFile)
            sync = nil
        }
        inForce = try SiteInForce(
            document,
            fleet: fleet,
            accounts: accounts
        ) { try PortalPages(directory: directory, site: $0, tokenizerURL: tokenizerURL) }
        fichas = FichaDesk(
            store: FichaStore(database: database),
            routers: fleet,
            clock: clock,
            logger: logger
        )
        runner = PurchaseRunner(
            store: PurchaseStore(database: database),
            payments: ConektaPayments(
                accounts: accounts,
                siteID: document.site.id,
                portalURL: settings.portalURL,
                wayOut: wayOut,
                logger: logger
            ),
            routers: fleet,
            connector: fichas,
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
        let startedAt = clock.wallClock.now
        let fichaRunner = FichaRunner(store: fichas.store, clock: clock, lines: fleet.connectedLines, logger: logger)
        let monitor = HealthMonitor(
            database: database,
            fleet: fleet,
            availability: availability,
            store: PurchaseStore(database: database),
            health: health,
            metrics: metrics,
            contact: sync?.contact,
            fichas: fichaRunner,
            startedAt: startedAt
        )
        let synchronising = sync?.services(
            inForce: inForce,
            fleet: fleet,
            store: PurchaseStore(database: database),
            startedAt: startedAt,
            clock: clock,
            logger: logger
        )
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: DatabaseService(database: database)),
                .init(service: outbound),
                .init(service: fleet),
                .init(service: runner),
                .init(service: restorationRunner),
                .init(service: fichaRunner),
                .init(
                    service: WayOutRunner(
                        wayOut: wayOut,
                        conektaURL: settings.conektaURL,
                        outbound: outbound,
                        logger: logger
                    )
                ),
                .init(service: BatchRunner(store: BatchStore(database: database), moment: moment, logger: logger)),
                .init(service: monitor),
            ] + (synchronising ?? []).map { .init(service: $0) } + [
                .init(service: application()),
                .init(
                    service: WatchdogService(
                        asking: settings.listen,
                        with: outbound,
                        environment: environment,
                        logger: logger
                    )
                ),
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

    private var restorationRunner: RestorationRunner {
        let (clock, runner) = (clock, runner)
        let pass = RestorationPass(
            store: PurchaseStore(database: database),
            accounts: accounts,
            routers: fleet,
            siteID: inForce.site.snapshot.site.id,
            policy: settings.policy,
            wallClock: clock.wallClock,
            steadyClock: clock.steadyClock,
            confirmedTime: { clock.quality == .synced ? clock.wallClock.now : nil },
            takeUp: { runner.takeUp($0) },
            logger: logger
        )
        return RestorationRunner(
            store: RestorationStore(database: database),
            pass: pass,
            gate: restorationGate,
            logger: logger
        )
    }

    // MARK: HTTP

    var availability: CardAvailability {
        CardAvailability(
            inForce: inForce,
            guardian: guardian,
            wayOut: wayOut,
            routers: fleet,
            database: database,
            restoration: restorationGate
        )
    }

    /// All routes of the box.
    func router() -> Router<AppRequestContext> {
        let inForce = inForce
        var options = AppRouter.Options(contentSecurityPolicy: inForce.pages.policy.pages)
        options.renderHTML = { inForce.pages.error($0, requestID: $1) }
        options.crossOriginPathPrefixes = ["/config/public", "/catalogo_perfiles_venta", "/payments"]
        let router = AppRouter.make(options: options, metrics: metrics)
        let keys = APIKeyGate(inForce: inForce, wallClock: clock.wallClock)
        let desk = PurchaseDesk(
            inForce: inForce,
            runner: runner,
            routers: fleet,
            guardian: guardian,
            availability: availability
        )
        SiteController(inForce: inForce, keys: keys, availability: availability, tokenizerURL: settings.tokenizerURL)
            .addRoutes(to: router)
        PaymentsController(keys: keys, purchases: desk, runner: runner, patience: settings.answerPatience)
            .addRoutes(to: router)
        PortalController(
            inForce: inForce,
            purchases: desk,
            runner: runner,
            routers: fleet,
            fichas: fichas,
            availability: availability,
            limits: ConnectionLimits(),
            wallClock: clock.wallClock
        ).addRoutes(to: router)
        counter().addRoutes(to: router)
        HealthController(registry: health).addRoutes(to: router)
        let operations = router.group().add(middleware: LoopbackOnlyMiddleware(isOpen: settings.metricsArePublic))
        MetricsController(registry: metrics).addRoutes(to: operations)
        return router
    }

    /// The present, as fichas need it.
    private var moment: @Sendable () -> FichaMoment {
        let clock = clock
        return { clock.moment }
    }

    private func counter() -> CounterController {
        let sessions = CounterSessions()
        return CounterController(
            inForce: inForce,
            desk: CounterDesk(
                inForce: inForce,
                store: CounterStore(database: database),
                routers: fleet,
                moment: moment
            ),
            cortes: CorteStore(database: database),
            batches: BatchStore(database: database),
            slips: SlipDesk(portalURL: settings.portalURL, logger: logger),
            resellers: ResellerDesk(inForce: inForce, database: database),
            login: CashierLogin(
                inForce: inForce,
                sessions: sessions,
                limits: CashierGuard(),
                hasher: PasswordHasher(maximumWaiting: 4),
                logger: logger
            ),
            sessions: sessions,
            pages: counterPages
        )
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
}
