import Purchasing
import RouterOS
import ServerKit
import ServiceLifecycle
import Shared
import Store
import Synchronization

/// Looks at the parts that can fail and keeps what `/healthz` and `/metrics` say about them.
struct HealthMonitor: Service {
    private static let interval = Duration.seconds(10)

    private static let routers = HealthCondition(code: "routers", title: "MikroTik conectado", severity: .warning)
    private static let cards = HealthCondition(code: "cards", title: "Pago con tarjeta", severity: .warning)
    private static let purchases = HealthCondition(code: "purchases", title: "Compras por revisar", severity: .warning)
    private static let database = HealthCondition(code: "database", title: "Base de datos", severity: .critical)

    let database: DurableDatabase
    let fleet: RouterFleet
    let availability: CardAvailability
    let store: PurchaseStore
    let health: HealthRegistry
    let metrics: PrometheusRegistry
    let startedAt: Timestamp
    var clock: any Clock<Duration> = ContinuousClock()

    func run() async throws {
        let samples = Samples()
        let (health, process) = (health, ProcessMetrics(startedAt: startedAt))
        metrics.onScrape { health.samples() + process.samples() + samples.current }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                samples.replace(with: await look())
                try? await clock.sleep(for: Self.interval)
            }
        }
    }

    /// One look at everything; what it finds is in the health registry and in the samples.
    private func look() async -> [PrometheusSample] {
        var samples: [PrometheusSample] = []
        var away: [String] = []
        var refused: [String] = []
        for (id, status) in await fleet.statuses().sorted(by: { $0.key < $1.key }) {
            let isConnected = status.isConnected
            if !isConnected { away.append(id) }
            samples.append(PrometheusSample("router_connected", labels: [("router", id)], value: isConnected ? 1 : 0))
            if let reason = await availability.reasonAgainst(routerID: id) {
                refused.append("\(id): \(reason.message)")
            }
        }
        set(Self.cards, failing: refused.isEmpty ? nil : refused.joined(separator: " "))
        set(Self.routers, failing: away.isEmpty ? nil : "No responde: " + away.joined(separator: ", "))
        do {
            let counts = try await store.openCounts()
            for state in PurchaseState.allCases {
                let number = Double(counts[state] ?? 0)
                samples.append(PrometheusSample("purchases_open", labels: [("state", state.rawValue)], value: number))
            }
            let attention = counts[.needsAttention] ?? 0
            set(Self.purchases, failing: attention == 0 ? nil : "\(attention) compra(s) esperan a una persona")
            health.setOK(Self.database)
        } catch {
            health.setFailing(Self.database, why: "No se puede leer")
        }
        samples.append(PrometheusSample("database_group_commits", value: Double(database.groupCommitCount)))
        return samples
    }

    private func set(_ condition: HealthCondition, failing why: String?) {
        if let why { health.setFailing(condition, why: why) } else { health.setOK(condition) }
    }

    private final class Samples: Sendable {
        private let stored = Mutex<[PrometheusSample]>([])

        var current: [PrometheusSample] { stored.withLock { $0 } }

        func replace(with samples: [PrometheusSample]) {
            stored.withLock { $0 = samples }
        }
    }
}
