import ArgumentParser
import Foundation
import UnixSignals

/// What `scripts/bench` runs: measures, and prints one table. It never judges: numbers of a machine that others use too
/// prove nothing by themselves, so each stands beside something measured in the same run.
@main
struct BenchmarkProgram: AsyncParsableCommand {
    /// A new benchmark is a file of its own and a line here.
    static let all: [any Benchmark.Type] = [
        CatalogueBenchmark.self, PurchaseBenchmark.self, CommitBenchmark.self, FlushBenchmark.self,
        StartBenchmark.self, MemoryBenchmark.self, IngestBenchmark.self, DashboardBenchmark.self,
        ExportBenchmark.self, FleetBenchmark.self, FleetPostgreSQLBenchmark.self, MintingBenchmark.self,
        RouterMintingBenchmark.self, ExpiryBenchmark.self, WatchBenchmark.self, PagesBenchmark.self,
    ]

    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures the release build beside what it is compared with.",
        discussion: all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n")
    )

    @Argument(help: "Which to run; all of them unless named.")
    var names: [String] = []

    func validate() throws {
        for name in names where !Self.all.contains(where: { $0.name == name }) {
            throw ValidationError("there is no benchmark \(name)")
        }
    }

    func run() async throws {
        let chosen = Self.all.filter { names.isEmpty || names.contains($0.name) }
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await Self.measure(chosen) }
            group.addTask {
                for await _ in signals { throw CancellationError() }
            }
            // Whatever a benchmark started ends with its task.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private static func measure(_ chosen: [any Benchmark.Type]) async throws {
        var table = FigureTable()
        // What was measured is worth reading even if a later one fails.
        defer { FileHandle.standardOutput.write(Data((Machine.description + "\n\n" + table.text).utf8)) }
        for benchmark in chosen {
            FileHandle.standardError.write(Data("── \(benchmark.name): \(benchmark.summary)\n".utf8))
            table.add(try await benchmark.init().run(), of: benchmark.name)
        }
    }
}
