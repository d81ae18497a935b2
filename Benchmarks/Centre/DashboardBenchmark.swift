import Foundation
import Shared
import TestSupport

/// What a page of the dashboard takes when there is a lot behind it.
struct DashboardBenchmark: Benchmark {
    static let name = "dashboard"
    static let summary = "GET /admin/dashboard with 5 million ventas, beside the same page of an empty centre"
    private static let aimMilliseconds = 20.0
    private static let rounds = 200

    func run() async throws -> [Figure] {
        let onSQLite = try await measure(.sqlite(TemporaryDirectory()))
        return onSQLite + (try await BenchStore.withPostgreSQL { store, _ in try await measure(store) })
    }

    private func measure(_ store: BenchStore) async throws -> [Figure] {
        let rows = CentreRows(store: store, now: WallClock.system.now)
        let centre = try await BenchCentre(on: store, rows: rows.tenants)
        let empty = try await pages(of: centre)
        try await store.execute(rows.sold)
        // The sums a year of ingest would have left, and what the database does by itself at night.
        _ = try await centre.command(["recompute", "--repair"])
        try await store.execute(["ANALYZE"])
        let full = try await pages(of: centre)
        return [("p50", 50.0), ("p99", 99.0)].map { name, percent in
            let (ours, beside) = (full.percentile(percent), empty.percentile(percent))
            return Figure(
                name: "\(store.name), \(name)",
                ours: "\(ours.text(1)) ms",
                beside: "empty \(beside.text(1)) ms",
                ratio: (ours / beside).text(),
                aim: "< \(Self.aimMilliseconds.text(0)) ms",
                isMet: ours < Self.aimMilliseconds
            )
        }
    }

    private func pages(of centre: BenchCentre) async throws -> Samples {
        try await centre.run { _ in
            let fields = try centre.session()
            var times: [Double] = []
            for round in 0..<(Self.rounds + 10) {
                let period = ["today", "yesterday", "same_weekday", "month"][round % 4]
                let begin = ContinuousClock.now
                let page = try PlainHTTP.get("/admin/dashboard?period=\(period)", headers: fields, from: centre.port)
                let duration = ContinuousClock.now - begin
                guard page.status == 200 else { throw BenchCentre.Failure(description: page.body) }
                // The first ones compile their statements.
                if round >= 10 { times.append(duration.milliseconds) }
            }
            return Samples(times)
        }
    }
}
