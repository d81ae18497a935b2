import Foundation
import Store
import TestSupport

/// What a commit costs over what no commit can do without: its bytes written, and one `fdatasync`.
///
/// The two take turns commit by commit, because the time of an fsync differs more between two seconds than between two
/// programs; each raw write has as many bytes as the commit before it wrote, checkpoints included.
struct CommitBenchmark: Benchmark {
    static let name = "commits"
    static let summary = "a durable commit of a purchase's step beside a raw write of as many bytes with fdatasync"
    private static let sales = 300
    private static let atOnce = 64

    func run() async throws -> [Figure] {
        try await BenchSite.run { site in
            // The box makes the file: its own schema, with one sale in it.
            try await site.withBox { _ in _ = try Buyer(number: 0).buy(at: site, connects: false) }
            let database = try DurableDatabase(path: site.folder.path("box.sqlite"), migrations: [])
            let raw = try RawFile(path: site.folder.path("raw"))
            let alone = try await oneByOne(database, raw)
            let together = try await atOnce(database, raw)
            try database.close()
            return alone + together
        }
    }

    private func oneByOne(_ database: DurableDatabase, _ raw: RawFile) async throws -> [Figure] {
        var (ours, theirs): ([Double], [Double]) = ([], [])
        var bytes = 0
        for sale in 0..<Self.sales {
            for step in SaleCommit.allCases {
                let written = try RawFile.bytesWrittenByThisProcess()
                let start = ContinuousClock.now
                try await database.commit { try step.write(sale, in: $0) }
                ours.append((ContinuousClock.now - start).milliseconds)
                let count = try RawFile.bytesWrittenByThisProcess() - written
                theirs.append(try raw.writeDurably(count).milliseconds)
                bytes += count
            }
        }
        let (commit, write) = (Samples(ours), Samples(theirs))
        let size = Double(bytes) / Double(commit.count) / 1_024
        return [
            figure("one commit, mean", commit.mean, write.mean, "write+fdatasync of \(size.text(1)) KiB", aim: 1.5),
            figure("one commit, p50", commit.median, write.median, "write+fdatasync"),
            figure("one commit, p99", commit.percentile(99), write.percentile(99), "write+fdatasync"),
        ]
    }

    /// Many at once share an fdatasync; beside it what one costs alone.
    private func atOnce(_ database: DurableDatabase, _ raw: RawFile) async throws -> [Figure] {
        var (ours, theirs): ([Double], [Double]) = ([], [])
        for round in 1...10 {
            for step in SaleCommit.allCases {
                let start = ContinuousClock.now
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<Self.atOnce {
                        let sale = round * 1_000 + number
                        group.addTask { try await database.commit { try step.write(sale, in: $0) } }
                    }
                    try await group.waitForAll()
                }
                ours.append((ContinuousClock.now - start).milliseconds / Double(Self.atOnce))
                theirs.append(try raw.writeDurably(12_288).milliseconds)
            }
        }
        let (commit, write) = (Samples(ours).mean, Samples(theirs).mean)
        return [figure("\(Self.atOnce) at once, each, mean", commit, write, "write+fdatasync of 12 KiB")]
    }

    private func figure(_ name: String, _ ours: Double, _ raw: Double, _ what: String, aim: Double? = nil) -> Figure {
        Figure(
            name: name,
            ours: "\(ours.text(3)) ms",
            beside: "\(what) \(raw.text(3)) ms",
            ratio: (ours / raw).text(),
            aim: aim.map { "< \($0.text(1))" } ?? "–",
            isMet: aim.map { ours / raw < $0 }
        )
    }
}
