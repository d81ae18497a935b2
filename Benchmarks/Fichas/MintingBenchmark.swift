import TestSupport

/// Stock minted by the box, with few and with many fichas from before.
struct MintingBenchmark: Benchmark {
    static let name = "minting"
    static let summary = "minting 1,000 and 5,000 fichas on the box, with 1,000 and with 100,000 from before"
    private static let turns = 5

    func run() async throws -> [Figure] {
        var figures: [Figure] = []
        let times = try await measureAll([1_000, 5_000])
        for (count, each) in times {
            figures.append(.ofPasts("\(count) on the box, each", each, unit: "ms"))
        }
        return figures
    }

    /// Few and many a few times in turn: what else the machine does differs from minute to minute.
    private func measureAll(_ counts: [Int]) async throws -> [(count: Int, each: [Double])] {
        // By count, by how many there are from before.
        var times = counts.map { _ in FichaRows.pasts.map { _ in [Double]() } }
        for _ in 0..<Self.turns {
            for (index, past) in FichaRows.pasts.enumerated() {
                for (place, each) in try await measure(counts, past).enumerated() {
                    times[place][index].append(each)
                }
            }
        }
        return zip(counts, times).map { ($0, $1.map { Samples($0).median }) }
    }

    private func measure(_ counts: [Int], _ past: Int) async throws -> [Double] {
        try await BenchSite.run { site in
            try await site.withBox { _ in }
            var rows = FichaRows(site)
            try await rows.addPast(past)
            var each: [Double] = []
            for count in counts { each.append(try await mint(count, &rows, site)) }
            return each
        }
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
