import Hummingbird
import Metrics
import ServerKit

/// All routes of the centre: the same for the program and for its tests.
struct CentralRoutes {
    let centre: Centre
    let health: HealthRegistry
    let metrics: PrometheusRegistry
    var trustedProxies: Set<String> = []
    var metricsArePublic = false
    var loginGuard = LoginGuard()

    /// The router, and what ``AccessRouter`` knows about its routes. `/healthz` and `/metrics` alone are not among them.
    func make() -> (router: Router<AppRequestContext>, routes: [RegisteredRoute]) {
        var options = AppRouter.Options(contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'")
        options.trustedProxies = trustedProxies
        let router = AppRouter.make(options: options, metrics: metrics)
        let features = AccessRouter(router: router, gate: centre.gate)
        addFeatures(to: features)
        HealthController(registry: health).addRoutes(to: router)
        let operations = router.group().add(middleware: LoopbackOnlyMiddleware(isOpen: metricsArePublic))
        MetricsController(registry: metrics).addRoutes(to: operations)
        return (router, features.routes)
    }

    /// A feature adds a line here, and its routes to the table of `AccessTableTests`.
    private func addFeatures(to router: AccessRouter) {
        let confirmation = PasswordConfirmation(centre: centre, loginGuard: loginGuard)
        let desk = LoginDesk(centre: centre, loginGuard: loginGuard)
        AuthController(centre: centre, desk: desk, confirmation: confirmation).addRoutes(to: router)
        SecondFactorController(centre: centre, confirmation: confirmation).addRoutes(to: router)
        UsuarioController(centre: centre).addRoutes(to: router)
        AuditController(database: centre.database).addRoutes(to: router)
        EmpresaController(centre: centre).addRoutes(to: router)
        ConektaConfigController(centre: centre).addRoutes(to: router)
        EmpresaSlipsController(centre: centre).addRoutes(to: router)
        SiteController(centre: centre).addRoutes(to: router)
        RouterController(centre: centre).addRoutes(to: router)
        RouterCommandController(centre: centre).addRoutes(to: router)
        ProductController(centre: centre).addRoutes(to: router)
        ResellerController(centre: centre).addRoutes(to: router)
        BoxController(centre: centre).addRoutes(to: router)
        SyncController(centre: centre, loginGuard: loginGuard).addRoutes(to: router)
        DashboardController(centre: centre).addRoutes(to: router)
        CorteController(centre: centre).addRoutes(to: router)
        ResellerReportController(centre: centre).addRoutes(to: router)
        ExportController(centre: centre).addRoutes(to: router)
    }
}
