import Foundation
import TestSupport

/// Sold fichas that are not on their router, as after a reset: how fast the box puts them there, beside librouteros adding as
/// many one by one.
struct RouterMintingBenchmark: Benchmark {
    static let name = "router-minting"
    static let summary =
        "putting 1,000 and 5,000 fichas on the simulated router, beside librouteros adding them one by one"
    /// At 130 ms each the rest of thousands takes as long as the first.
    private static let librouterosAtMost: [Int: Int] = [1: 5_000, 130: 60]

    private struct Measure: Sendable {
        let each: Double
        let commandsForEach: Double
    }

    func run() async throws -> [Figure] {
        let (few, many) = (FichaRows.pasts[0], FichaRows.pasts[1])
        var figures = try await site(past: few) { site, rows in
            var figures: [Figure] = []
            for (milliseconds, count) in [(1, 1_000), (1, 5_000), (130, 1_000), (130, 5_000)] {
                figures += try await figure(count, at: milliseconds, &rows, site)
            }
            return figures
        }
        let measure: @Sendable (BenchSite, inout FichaRows) async throws -> Double = { site, rows in
            try await put(5_000, at: 1, &rows, site).each
        }
        // Each a few times in turn: what else the machine does differs from minute to minute.
        var times: [[Double]] = [[], []]
        for _ in 0..<3 {
            times[0].append(try await site(past: few, measure))
            times[1].append(try await site(past: many, measure))
        }
        figures.append(.ofPasts("5000 on the router at 1 ms, each", times.map { Samples($0).median }, unit: "ms"))
        return figures
    }

    private func figure(
        _ count: Int,
        at milliseconds: Int,
        _ rows: inout FichaRows,
        _ site: BenchSite
    ) async throws -> [Figure] {
        let ours = try await put(count, at: milliseconds, &rows, site)
        let theirCount = min(count, Self.librouterosAtMost[milliseconds] ?? count)
        try await makeNew(site, milliseconds)
        let theirs = try await LibrouterosAdds.milliseconds(adding: theirCount, at: site)
        let ratio = ours.each / theirs
        // A router that takes so long for a command is spared: the box tells it four things at a time and not sixteen.
        let hasAim = milliseconds == 1
        return [
            Figure(
                name: "\(count) on the router at \(milliseconds) ms, each",
                ours: "\(ours.each.text()) ms (\(ours.commandsForEach.text()) commands)",
                beside: "librouteros \(theirs.text()) ms, \(theirCount)",
                ratio: ratio.text(3),
                aim: hasAim ? "< 0.2" : "–",
                isMet: hasAim ? ratio < 0.2 : nil
            )
        ]
    }

    private func put(
        _ count: Int,
        at milliseconds: Int,
        _ rows: inout FichaRows,
        _ site: BenchSite
    ) async throws -> Measure {
        try await makeNew(site, milliseconds)
        // What was put before is of no interest: the router is new, and only these are to be put.
        try await rows.endSold()
        try await rows.add(count, .sold)
        return try await site.withBox { _ in
            let before = try await RouterLedger(of: site)
            let each = try await BoxRows(site).millisecondsForEach(
                untilNone: "SELECT count(*) FROM ficha WHERE router_state IN ('to_put', 'to_remove')",
                of: count,
                limit: .seconds(600)
            )
            let after = try await RouterLedger(of: site)
            guard after.presentCount == count else {
                throw PlainHTTP.Failure(description: "\(after.presentCount) users on the router")
            }
            return Measure(
                each: each,
                commandsForEach: Double(after.commandCount - before.commandCount) / Double(count)
            )
        }
    }

    private func makeNew(_ site: BenchSite, _ milliseconds: Int) async throws {
        try await site.router.post("reset")
        try await site.router.put("latency", ["milliseconds": milliseconds])
    }

    private func site<Value: Sendable>(
        past: Int,
        _ body: (BenchSite, inout FichaRows) async throws -> Value
    ) async throws -> Value {
        try await BenchSite.run { site in
            try await site.withBox { _ in }
            var rows = FichaRows(site)
            try await rows.addPast(past)
            return try await body(site, &rows)
        }
    }
}
