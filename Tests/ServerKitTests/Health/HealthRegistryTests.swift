import Hummingbird
import HummingbirdTesting
import Shared
import Synchronization
import Testing

@testable import ServerKit

struct HealthRegistryTests {
    private static let router = HealthCondition(code: "router_reachable", title: "MikroTik", severity: .warning)
    private static let database = HealthCondition(code: "database", title: "Base de datos", severity: .critical)

    @Test func theStateIsSinceItsLastChange() {
        let seconds = Mutex(Int64(100))
        let health = HealthRegistry(clock: WallClock { Timestamp(seconds: seconds.withLock { $0 }) })
        let since = { health.all().first?.since }
        health.setOK(Self.router)
        #expect(since() == Timestamp(seconds: 100))
        seconds.withLock { $0 = 200 }
        health.setOK(Self.router)
        #expect(since() == Timestamp(seconds: 100))
        health.setFailing(Self.router, why: "No responde.")
        #expect(since() == Timestamp(seconds: 200))
        seconds.withLock { $0 = 300 }
        health.setFailing(Self.router, why: "Rechaza la contraseña.")
        #expect(since() == Timestamp(seconds: 200))
        #expect(health.all().first?.why == "Rechaza la contraseña.")
        health.setOK(Self.router)
        #expect(since() == Timestamp(seconds: 300))
        #expect(health.all().first?.why == nil)
    }

    @Test func onlyCriticalConditionsMakeItUnhealthy() async throws {
        let health = HealthRegistry(clock: WallClock { Timestamp(seconds: 0) })
        let test = ServerTest()
        HealthController(registry: health).addRoutes(to: test.router)

        let empty = try await test.request("/healthz")
        #expect(empty.status == .ok)
        #expect(empty.text == #"{"conditions":[],"status":"ok"}"#)

        health.setOK(Self.database)
        health.setFailing(Self.router, why: "No responde.")
        let warned = try await test.request("/healthz")
        #expect(warned.status == .ok)
        #expect(health.isHealthy)
        #expect(
            warned.text == """
                {"conditions":[\
                {"code":"database","ok":true,"severity":"critical","since":"1970-01-01T00:00:00.000Z",\
                "title":"Base de datos"},\
                {"code":"router_reachable","ok":false,"severity":"warning","since":"1970-01-01T00:00:00.000Z",\
                "title":"MikroTik","why":"No responde."}],"status":"ok"}
                """
        )

        health.setFailing(Self.database, why: "El disco está lleno.")
        let failing = try await test.request("/healthz")
        #expect(failing.status == .serviceUnavailable)
        #expect(failing.text.hasSuffix(#""status":"failing"}"#))
        #expect(!health.isHealthy)
        #expect(failing.headers[.cacheControl] == "no-store")
    }

    @Test func metricsSeeTheSame() {
        let health = HealthRegistry(clock: WallClock { Timestamp(seconds: 0) })
        health.setOK(Self.database)
        health.setFailing(Self.router, why: "No responde.")
        let registry = PrometheusRegistry()
        registry.onScrape { health.samples() }
        #expect(
            registry.text() == """
                # TYPE health_condition_ok gauge
                health_condition_ok{code="database",severity="critical"} 1
                health_condition_ok{code="router_reachable",severity="warning"} 0

                """
        )
    }
}
