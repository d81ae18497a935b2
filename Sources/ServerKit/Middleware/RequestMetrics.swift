import Metrics
import Synchronization

/// The metrics of requests, made once for each combination of labels. The labels are ours, so there are few.
final class RequestMetrics: Sendable {
    struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Pair {
        let counter: Counter
        let timer: Timer
    }

    private let factory: any MetricsFactory
    private let pairs = Mutex<[Key: Pair]>([:])

    init(factory: any MetricsFactory) {
        self.factory = factory
    }

    func record(_ key: Key, duration: Duration) {
        let pair = pairs.withLock { pairs in
            if let pair = pairs[key] { return pair }
            let pair = makePair(key)
            pairs[key] = pair
            return pair
        }
        pair.counter.increment()
        pair.timer.record(duration: duration)
    }

    private func makePair(_ key: Key) -> Pair {
        let labels = [("method", key.method), ("route", key.route)]
        return Pair(
            counter: Counter(
                label: "http_requests_total",
                dimensions: labels + [("status", String(key.status))],
                factory: factory
            ),
            timer: Timer(label: "http_request_duration_seconds", dimensions: labels, factory: factory)
        )
    }
}
