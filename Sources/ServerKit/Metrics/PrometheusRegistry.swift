public import CoreMetrics
import Synchronization

/// Holds all metrics of a program and writes them for Prometheus to read.
///
/// A program bootstraps `MetricsSystem` with it once; tests and our own code pass the instance. A counter becomes a
/// counter, a meter or a plain recorder a gauge, a timer a histogram in seconds, an aggregating recorder a histogram
/// of sum and count. Names and label names are made valid; the unit and `_total` are the caller's to write.
public final class PrometheusRegistry: MetricsFactory {
    private struct Family {
        let kind: PrometheusKind
        var series: [String: any PrometheusSeries] = [:]
    }

    private struct State {
        var families: [String: Family] = [:]
        var readers: [@Sendable () -> [PrometheusSample]] = []
    }

    /// Upper bounds in seconds: from a cached page to a payment that takes its whole time.
    static let secondsBuckets: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90]

    private let state = Mutex(State())
    private let help: [String: String]

    /// - Parameter help: What each metric means, by its name; one that is not named has no `# HELP` line.
    public init(help: [String: String] = [:]) {
        self.help = help
    }

    /// Has `read` called at each scrape; it must be quick and not block.
    public func onScrape(_ read: @escaping @Sendable () -> [PrometheusSample]) {
        state.withLock { $0.readers.append(read) }
    }

    /// All metrics in the text format 0.0.4, sorted by name and labels.
    public func text() -> String {
        let (families, readers) = state.withLock { ($0.families, $0.readers) }
        var blocks = families.map { name, family in
            (name: name, kind: family.kind, lines: Self.lines(name: name, series: family.series))
        }
        let read = Dictionary(grouping: readers.flatMap { $0() }) { PrometheusText.name($0.name) }
        for (name, values) in read where families[name] == nil {
            let lines = values.map { PrometheusText.sample(name, PrometheusText.labels($0.labels), $0.value) }
            blocks.append((name, values[0].kind, lines.sorted().joined()))
        }
        return blocks.sorted { $0.name < $1.name }
            .map { block in
                let help = help[block.name].map { "# HELP \(block.name) \(PrometheusText.help($0))\n" } ?? ""
                return "\(help)# TYPE \(block.name) \(block.kind.rawValue)\n\(block.lines)"
            }
            .joined()
    }

    private static func lines(name: String, series: [String: any PrometheusSeries]) -> String {
        series.sorted { $0.key < $1.key }.map { labels, series in series.text(name: name, labels: labels) }.joined()
    }

    /// The series of a name and labels. A name already used for another kind gets a series that is never shown: a
    /// library's clumsy choice of name must not stop a box from selling.
    private func series<Series: PrometheusSeries>(
        _ label: String,
        _ dimensions: [(String, String)],
        buckets: [Double] = []
    ) -> Series {
        let name = PrometheusText.name(label)
        let labels = PrometheusText.labels(dimensions)
        return state.withLock { state in
            var family = state.families[name] ?? Family(kind: Series.kind)
            if let existing = family.series[labels] as? Series { return existing }
            let series = Series(buckets: buckets)
            guard family.kind == Series.kind else { return series }
            family.series[labels] = series
            state.families[name] = family
            return series
        }
    }

    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            for (name, var family) in state.families {
                guard let labels = family.series.first(where: { $0.value === handler })?.key else { continue }
                family.series[labels] = nil
                state.families[name] = family.series.isEmpty ? nil : family
                return
            }
        }
    }
}

extension PrometheusRegistry {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions) as PrometheusCounter
    }

    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions) as PrometheusCounter
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions) as PrometheusGauge
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate ? series(label, dimensions) as PrometheusHistogram : series(label, dimensions) as PrometheusGauge
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, buckets: Self.secondsBuckets) as PrometheusHistogram
    }

    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
