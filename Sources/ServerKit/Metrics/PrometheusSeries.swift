/// One series of a metric: a set of labels and what was measured under it.
protocol PrometheusSeries: AnyObject, Sendable {
    init(buckets: [Double])
    static var kind: PrometheusKind { get }
    /// The lines of the series.
    func text(name: String, labels: String) -> String
}

/// The word after `# TYPE`.
enum PrometheusKind: String, Sendable {
    case counter, gauge, histogram
}
