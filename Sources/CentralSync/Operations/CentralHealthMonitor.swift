import ServerKit
import ServiceLifecycle
import Shared

/// Looks at the parts that can fail and keeps what `/healthz` and `/metrics` say about them.
struct CentralHealthMonitor: Service {
    private static let interval = Duration.seconds(10)
    private static let condition = HealthCondition(code: "database", title: "Base de datos", severity: .critical)

    let database: any CentralDatabase
    let waiters: Waiters
    let health: HealthRegistry
    let metrics: PrometheusRegistry
    let startedAt: Timestamp
    var clock: any Clock<Duration> = ContinuousClock()

    func run() async throws {
        let (health, waiters, process) = (health, waiters, ProcessMetrics(startedAt: startedAt))
        metrics.onScrape {
            let waiting = PrometheusSample("boxes_waiting", value: Double(waiters.count))
            return health.samples() + process.samples() + [waiting]
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await look()
                try? await clock.sleep(for: Self.interval)
            }
        }
    }

    private func look() async {
        do {
            _ = try await database.read { try $0.first("SELECT COUNT(*) AS number FROM empresa") }
            health.setOK(Self.condition)
        } catch {
            health.setFailing(Self.condition, why: "No se puede leer")
        }
    }
}
