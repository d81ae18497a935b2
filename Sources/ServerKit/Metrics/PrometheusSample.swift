/// A value that is read at the moment of a scrape.
public struct PrometheusSample: Sendable {
    /// In Prometheus' words, with the unit: `process_resident_memory_bytes`.
    public let name: String
    public let labels: [(String, String)]
    public let value: Double
    let kind: PrometheusKind

    /// - Parameter isCounter: It only grows, and begins anew only with the program; its name ends in `_total`.
    public init(_ name: String, labels: [(String, String)] = [], value: Double, isCounter: Bool = false) {
        kind = isCounter ? .counter : .gauge
        self.name = name
        self.labels = labels
        self.value = value
    }
}
