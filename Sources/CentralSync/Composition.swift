import Hummingbird
import Logging
import Outbound
import ServerKit
import ServiceLifecycle
import Shared
import UnixSignals

/// The only place that puts the centre together.
struct Composition {
    let settings: CentralSettings
    let environment: [String: String]
    let logger: Logger
    let database: any CentralDatabase & Service
    let outbound: OutboundClient
    let centre: Centre
    let metrics = PrometheusRegistry()
    let health: HealthRegistry
    let wallClock = WallClock.system

    /// Opens the database; nothing outside is asked yet.
    ///
    /// - Throws: Whatever is wrong with the database, or with the settings for what is in it.
    init(settings: CentralSettings, environment: [String: String], logger: Logger) async throws {
        self.settings = settings
        self.environment = environment
        self.logger = logger
        if settings.acceptsDemoSecrets { logger.warning("weak and example secrets are accepted: a demonstration only") }
        health = HealthRegistry(clock: wallClock)
        outbound = try OutboundClient(logger: logger)
        database = try await CentralDatabaseOpener.open(settings.databaseURL, logger: logger)
        let sealer = Sealer(masterKey: settings.masterKey)
        try await sealer.checkKey(of: database)
        centre = Centre(
            settings: settings,
            database: database,
            signingKey: try await CentreKeyStore.signingKey(database, sealer: sealer),
            outbound: outbound,
            wallClock: wallClock,
            logger: logger
        )
        try await FirstSuperAdmin(centre: centre)
            .ensure(email: settings.superAdminEmail, password: settings.superAdminPassword)
        try await DefaultConektaKeys(centre: centre).tellBoxes()
    }

    /// Runs until a signal, or until a part fails. Parts end in the reverse of this order: first those who wait are sent
    /// away, then no new request is taken and the connections close, then the database.
    func run() async throws {
        let monitor = CentralHealthMonitor(
            database: database,
            waiters: centre.waiters,
            health: health,
            metrics: metrics,
            startedAt: wallClock.now
        )
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: database),
                .init(service: outbound),
                .init(service: monitor),
                .init(service: application()),
                .init(service: centre.wakeRunner),
                .init(
                    service: WatchdogService(
                        asking: settings.listen,
                        with: outbound,
                        environment: environment,
                        logger: logger
                    )
                ),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // Below systemd's TimeoutStopSec.
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        configuration.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }

    // MARK: HTTP

    private func application() -> some Service {
        let limits = Self.limits(logger)
        let notifier = SystemdNotifier(environment: environment)
        let (logger, listen) = (logger, settings.listen)
        let routes = CentralRoutes(
            centre: centre,
            health: health,
            metrics: metrics,
            trustedProxies: settings.trustedProxies,
            metricsArePublic: settings.metricsArePublic
        )
        return Application(
            responder: OwnTaskResponder(routes.make().router.buildResponder()),
            server: limits.http1(),
            configuration: limits.configuration(address: listen, logger: logger),
            onServerRunning: { channel in
                notifier.ready()
                let port = channel.localAddress?.port ?? listen.port
                logger.info("the centre answers", metadata: ["host": "\(listen.host)", "port": "\(port)"])
            },
            logger: logger
        )
    }

    /// Every box keeps a connection open to hear of changes, and they all come back at once after a restart.
    private static func limits(_ logger: Logger) -> ServerLimits {
        var limits = ServerLimits()
        limits.maximumConnections = 16_384
        limits.connectionBacklog = 4_096
        let possible = OpenFileLimit.raise()
        if possible < limits.maximumConnections + 1_024 {
            logger.warning("the system lets this process open few connections", metadata: ["limit": "\(possible)"])
        }
        return limits
    }
}
