import Foundation
import TestSupport

/// How often the box makes the disk hold what it has, counted by the kernel: strace under the real binary.
struct FlushBenchmark: Benchmark {
    static let name = "fsyncs"
    static let summary = "fdatasync and fsync for each sale by card, one after the other and 64 at once"
    private static let sales = 128

    func run() async throws -> [Figure] {
        let alone = try await flushes(atOnce: 1)
        let together = try await flushes(atOnce: 64)
        let perSale = [alone, together].map { Double($0) / Double(Self.sales) }
        return [
            Figure(
                name: "for each sale, 64 at once",
                ours: perSale[1].text(),
                beside: "one after the other \(perSale[0].text())",
                ratio: (perSale[1] / perSale[0]).text()
            )
        ]
    }

    /// What the box flushed for all sales; what starting and ending cost is measured without any and taken off.
    private func flushes(atOnce: Int) async throws -> Int {
        try await BenchSite.run { site in
            _ = try await count(site) {}
            let idle = try await count(site) {}
            return try await count(site) {
                _ = try await onThreads(atOnce) { buyer in
                    try stride(from: buyer, to: Self.sales, by: atOnce).map {
                        try Buyer(number: $0).buy(at: site, connects: false)
                    }
                }
            } - idle
        }
    }

    private func count(_ site: BenchSite, _ body: @Sendable () async throws -> Void) async throws -> Int {
        let file = site.folder.path("strace-\(UUID().uuidString)")
        // Detached, so that the box is our child and ends by itself.
        let launcher = ["strace", "-D", "-f", "-c", "--seccomp-bpf", "-o", file, "-e", "trace=fdatasync,fsync"]
        try await site.withBox(through: launcher) { _ in try await body() }
        try await answering(.milliseconds(20)) { try String(contentsOfFile: file, encoding: .utf8).contains("total") }
        let total = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").last {
            $0.hasSuffix("total")
        }
        guard let calls = total?.split(separator: " ").dropFirst(3).first.flatMap({ Int($0) }) else {
            throw PlainHTTP.Failure(description: "strace counted nothing")
        }
        return calls
    }
}
