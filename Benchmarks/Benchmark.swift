/// One thing that is measured.
protocol Benchmark: Sendable {
    /// As `scripts/bench` takes it.
    static var name: String { get }
    /// What is measured beside what, in a line.
    static var summary: String { get }

    init()

    /// Measures. What it starts ends before it returns, also when it is cancelled.
    func run() async throws -> [Figure]
}
