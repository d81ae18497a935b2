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
    /// While a router is away, as right after the start: whoever repairs it sees at once that it is back.
    private static let shortInterval = Duration.seconds(1)
    /// Counting the ended purchases reads all of them, so it is done less often.
    private static let looksBetweenCounts = 6
    private static let longestSilence = Duration.seconds(300)

    private static let routers = HealthCondition(code: "routers", title: "MikroTik conectado", severity: .warning)
    private static let cards = HealthCondition(code: "cards", title: "Pago con tarjeta", severity: .warning)
    private static let purchases = HealthCondition(code: "purchases", title: "Compras por revisar", severity: .warning)
    private static let centre = HealthCondition(code: "centre", title: "Contacto con la central", severity: .warning)
    private static let database = HealthCondition(code: "database", title: "Base de datos", severity: .critical)

    let database: DurableDatabase
    let fleet: RouterFleet
    let availability: CardAvailability
    let store: PurchaseStore
    let health: HealthRegistry
    let metrics: PrometheusRegistry
    /// Nil for a box without a centre.
    var contact: CentreContact?
    /// Nil where nobody looks after fichas.
    var fichas: FichaRunner?
    let startedAt: Timestamp
    var clock: any Clock<Duration> = ContinuousClock()

    func run() async throws {
        let samples = Samples()
        let (health, process) = (health, ProcessMetrics(startedAt: startedAt))
        metrics.onScrape { health.samples() + process.samples() + samples.current }
        await cancelWhenGracefulShutdown {
            var ended: [PrometheusSample] = []
            var looks = 0
            while !Task.isCancelled {
                let isAnyoneAway = await !fleet.statuses().values.allSatisfy(\.isConnected)
                if looks % Self.looksBetweenCounts == 0 { ended = await countEnded() ?? ended }
                samples.replace(with: await look() + ended)
                looks += 1
                try? await clock.sleep(for: isAnyoneAway ? Self.shortInterval : Self.interval)
            }
        }
    }

    /// One look at everything; what it finds is in the health registry and in the samples.
    private func look() async -> [PrometheusSample] {
        let samples = await lookAtRouters() + lookAtDatabase() + lookAtCentre() + (fichas?.samples() ?? [])
        let commits = Double(database.groupCommitCount)
        return samples + [PrometheusSample("database_group_commits_total", value: commits, isCounter: true)]
    }

    private func lookAtRouters() async -> [PrometheusSample] {
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
        return samples
    }

    private func lookAtCentre() -> [PrometheusSample] {
        guard let contact else { return [] }
        let silence = contact.silence
        // Selling needs no centre: a short absence is nothing to repair.
        let isLong = silence.map { $0.duration > Self.longestSilence } ?? false
        let why = silence?.failure == .notAdmitted ? "La central no reconoce esta caja." : "La central no responde."
        set(Self.centre, failing: isLong ? why : nil)
        return [PrometheusSample("outbox_unsynced_events", value: Double(contact.unsynced))]
    }

    private func lookAtDatabase() async -> [PrometheusSample] {
        var samples: [PrometheusSample] = []
        // Nobody may be buying, so nobody would find out that the disk has room again.
        if database.lastCommitFailure != nil { try? await store.tryCommit() }
        do {
            let counts = try await store.openCounts()
            for state in PurchaseState.allCases {
                let number = Double(counts[state] ?? 0)
                samples.append(PrometheusSample("purchases_open", labels: [("state", state.rawValue)], value: number))
            }
            let attention = counts[.needsAttention] ?? 0
            set(Self.purchases, failing: attention == 0 ? nil : "\(attention) compra(s) esperan a una persona")
            let canWrite = database.lastCommitFailure == nil
            set(Self.database, failing: canWrite ? nil : "No se puede escribir; ¿está lleno el disco?")
        } catch {
            health.setFailing(Self.database, why: "No se puede leer")
        }
        return samples
    }

    /// Nil when the database cannot be read.
    private func countEnded() async -> [PrometheusSample]? {
        guard let counts = try? await store.endedCounts() else { return nil }
        return [PurchaseState.delivered, .declined, .abandoned, .refunded].map { state in
            let number = Double(counts[state] ?? 0)
            return PrometheusSample(
                "purchases_ended_total",
                labels: [("state", state.rawValue)],
                value: number,
                isCounter: true
            )
        }
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
