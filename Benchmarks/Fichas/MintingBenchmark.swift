import TestSupport

/// Stock minted by the box, with few and with many fichas from before.
struct MintingBenchmark: Benchmark {
    static let name = "minting"
    static let summary = "minting 1,000 and 5,000 fichas on the box, with 1,000 and with 100,000 from before"

    func run() async throws -> [Figure] {
        var figures: [Figure] = []
        let times = try await measureAll([1_000, 5_000])
        for (count, each) in times {
            figures.append(.ofPasts("\(count) on the box, each", each, unit: "ms"))
        }
        return figures
    }

    private func measureAll(_ counts: [Int]) async throws -> [(count: Int, each: [Double])] {
        var pasts: [[Double]] = []
        for past in FichaRows.pasts {
            pasts.append(
                try await BenchSite.run { site in
                    try await site.withBox { _ in }
                    var rows = FichaRows(site)
                    try await rows.addPast(past)
                    var each: [Double] = []
                    for count in counts { each.append(try await mint(count, &rows, site)) }
                    return each
                }
            )
        }
        let measured = pasts
        return counts.indices.map { index in (counts[index], measured.map { $0[index] }) }
    }

    private func mint(_ count: Int, _ rows: inout FichaRows, _ site: BenchSite) async throws -> Double {
        let id = try await rows.order(count)
        return try await site.withBox { _ in
            try await BoxRows(site).millisecondsForEach(
                untilNone: "SELECT count - minted FROM batch WHERE id = '\(id)'",
                of: count,
                limit: .seconds(120)
            )
        }
    }
}
