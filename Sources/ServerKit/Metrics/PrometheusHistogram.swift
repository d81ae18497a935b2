import CoreMetrics
import Synchronization

/// How often measured values fell at or below each bound. Times are in seconds.
final class PrometheusHistogram: PrometheusSeries, TimerHandler, RecorderHandler {
    static let kind = PrometheusKind.histogram

    private struct State {
        var counts: [UInt64]
        var total: UInt64 = 0
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(buckets: [Double]) {
        bounds = buckets
        state = Mutex(State(counts: Array(repeating: 0, count: buckets.count)))
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1e9)
    }

    func record(_ value: Int64) {
        record(Double(value))
    }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let index = bounds.firstIndex { value <= $0 }
        state.withLock { state in
            if let index { state.counts[index] += 1 }
            state.total += 1
            state.sum += value
        }
    }

    func text(name: String, labels: String) -> String {
        let state = state.withLock { $0 }
        let separator = labels.isEmpty ? "" : ","
        var text = ""
        var below: UInt64 = 0
        for (bound, count) in zip(bounds, state.counts) {
            below += count
            let bucket = "\(labels)\(separator)le=\"\(PrometheusText.number(bound))\""
            text += PrometheusText.sample("\(name)_bucket", bucket, Double(below))
        }
        text += PrometheusText.sample("\(name)_bucket", "\(labels)\(separator)le=\"+Inf\"", Double(state.total))
        text += PrometheusText.sample("\(name)_sum", labels, state.sum)
        text += PrometheusText.sample("\(name)_count", labels, Double(state.total))
        return text
    }
}
