import CoreMetrics
import Synchronization

/// A number that only grows.
final class PrometheusCounter: PrometheusSeries, CounterHandler, FloatingPointCounterHandler {
    static let kind = PrometheusKind.counter
    private let value = Mutex(0.0)

    init(buckets: [Double]) {}

    func increment(by amount: Int64) {
        increment(by: Double(amount))
    }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        value.withLock { $0 += amount }
    }

    func reset() {
        value.withLock { $0 = 0 }
    }

    func text(name: String, labels: String) -> String {
        PrometheusText.sample(name, labels, value.withLock { $0 })
    }
}
