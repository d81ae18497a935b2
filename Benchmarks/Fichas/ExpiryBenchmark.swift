import TestSupport

/// Thousands whose time is over at once: from the box's first step until none is on the router any more.
struct ExpiryBenchmark: Benchmark {
    static let name = "expiry"
    static let summary =
        "5,000 fichas that are over, off the simulated router at 1 ms, with 1,000 and 100,000 from before"
    private static let count = 5_000
    private static let turns = 3

    func run() async throws -> [Figure] {
        // Few and many a few times in turn: what else the machine does differs from minute to minute.
        var each = FichaRows.pasts.map { _ in [Double]() }
        var commands = each
        for _ in 0..<Self.turns {
            for (index, past) in FichaRows.pasts.enumerated() {
                let (milliseconds, asked) = try await measure(past)
                each[index].append(milliseconds)
                commands[index].append(asked)
            }
        }
        return [
            .ofPasts("\(Self.count) off the router at 1 ms, each", each.map { Samples($0).median }, unit: "ms"),
            .ofPasts("commands for each", commands.map { Samples($0).median }, unit: "commands"),
        ]
    }

    private func measure(_ past: Int) async throws -> (each: Double, commands: Double) {
        try await BenchSite.run { site in
            try await site.withBox { _ in }
            var rows = FichaRows(site)
            try await rows.addPast(past)
            try await rows.add(Self.count, .sold)
            try await site.router.put("latency", ["milliseconds": 1])
            // By indexes: to read all of 100,000 each time would take the box a processor.
            let left = """
                SELECT (SELECT count(*) FROM ficha WHERE state = 'active')
                    + (SELECT count(*) FROM ficha WHERE router_state IN ('to_put', 'to_remove'))
                """
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
