/// A gauge that is read at the moment of a scrape.
public struct PrometheusSample: Sendable {
    /// In Prometheus' words, with the unit: `process_resident_memory_bytes`.
    public let name: String
    public let labels: [(String, String)]
    public let value: Double

    public init(_ name: String, labels: [(String, String)] = [], value: Double) {
        self.name = name
        self.labels = labels
        self.value = value
    }
}
