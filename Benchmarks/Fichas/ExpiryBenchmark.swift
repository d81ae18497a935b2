import TestSupport

/// Thousands whose time is over at once: from the box's first step until none is on the router any more.
struct ExpiryBenchmark: Benchmark {
    static let name = "expiry"
    static let summary =
        "5,000 fichas that are over, off the simulated router at 1 ms, with 1,000 and 100,000 from before"
    private static let count = 5_000

    func run() async throws -> [Figure] {
        var (each, commands): ([Double], [Double]) = ([], [])
        for past in FichaRows.pasts {
            let (milliseconds, asked) = try await measure(past)
            each.append(milliseconds)
            commands.append(asked)
        }
        return [
            .ofPasts("\(Self.count) off the router at 1 ms, each", each, unit: "ms"),
            .ofPasts("commands for each", commands, unit: "commands"),
        ]
    }

    private func measure(_ past: Int) async throws -> (each: Double, commands: Double) {
        try await BenchSite.run { site in
            try await site.withBox { _ in }
            var rows = FichaRows(site)
            try await rows.addPast(past)
            try await rows.add(Self.count, .sold)
            try await site.router.put("latency", ["milliseconds": 1])
            let left = "SELECT count(*) FROM ficha WHERE state = 'active' OR router_state IN ('to_put', 'to_remove')"
            try await site.withBox { _ in
                _ = try await BoxRows(site).millisecondsForEach(untilNone: left, of: Self.count, limit: .seconds(120))
            }
            try await rows.useUpSold()
            return try await site.withBox { _ in
                let before = try await RouterLedger(of: site)
                let each = try await BoxRows(site).millisecondsForEach(
                    untilNone: left,
                    of: Self.count,
                    limit: .seconds(300)
                )
                let after = try await RouterLedger(of: site)
                guard after.presentCount == 0 else {
                    throw PlainHTTP.Failure(description: "\(after.presentCount) users are still on the router")
                }
                return (each, Double(after.commandCount - before.commandCount) / Double(Self.count))
            }
        }
    }
}
