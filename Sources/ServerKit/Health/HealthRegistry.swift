public import Shared
import Synchronization

/// How all conditions of a program stand. One source for `/healthz`, the administration page, metrics and sync.
public final class HealthRegistry: Sendable {
    private let clock: WallClock
    private let reports = Mutex<[String: HealthReport]>([:])

    /// - Parameter clock: Wall time for `since`.
    public init(clock: WallClock) {
        self.clock = clock
    }

    /// Says that the condition is as it should be.
    public func setOK(_ condition: HealthCondition) {
        set(condition, why: nil)
    }

    /// Says that the condition fails. `why` is Spanish and is shown to whoever can read `/healthz`.
    public func setFailing(_ condition: HealthCondition, why: String) {
        set(condition, why: why)
    }

    /// All conditions ever set, sorted by code.
    public func all() -> [HealthReport] {
        reports.withLock { $0.values.sorted { $0.code < $1.code } }
    }

    /// True when no critical condition fails.
    public var isHealthy: Bool {
        reports.withLock { $0.values.allSatisfy { $0.ok || $0.severity != .critical } }
    }

    /// `health_condition_ok{code,severity}`: 1 or 0.
    public func samples() -> [PrometheusSample] {
        all().map { report in
            PrometheusSample(
                "health_condition_ok",
                labels: [("code", report.code), ("severity", report.severity.rawValue)],
                value: report.ok ? 1 : 0
            )
        }
    }

    private func set(_ condition: HealthCondition, why: String?) {
        let now = clock.now
        reports.withLock { reports in
            let previous = reports[condition.code]
            let ok = why == nil
            reports[condition.code] = HealthReport(
                code: condition.code,
                title: condition.title,
                severity: condition.severity,
                ok: ok,
                why: why,
                since: previous.flatMap { $0.ok == ok ? $0.since : nil } ?? now
            )
        }
    }
}
