import CoreMetrics
import Synchronization

/// A number that is what it was last set to.
final class PrometheusGauge: PrometheusSeries, MeterHandler, RecorderHandler {
    static let kind = PrometheusKind.gauge
    private let value = Mutex(0.0)

    init(buckets: [Double]) {}

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func text(name: String, labels: String) -> String {
        PrometheusText.sample(name, labels, value.withLock { $0 })
    }
}
