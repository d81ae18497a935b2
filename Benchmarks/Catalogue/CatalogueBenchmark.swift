/// What a phone asks for first, beside nginx answering the same bytes from a file. They take turns, so that a machine
/// that gets slower gets slower for both.
struct CatalogueBenchmark: Benchmark {
    static let name = "catalogue"
    static let summary =
        "requests of the price list beside nginx with the same bytes, \(WrkRun.connections) connections"
    private static let rounds = 3

    func run() async throws -> [Figure] {
        try await BenchSite.run { site in
            try await site.withBox { _ in
                try await figures("API", path: "/catalogo_perfiles_venta", site)
                    + figures("page", path: "/r/r1", site)
            }
        }
    }

    private func figures(_ what: String, path: String, _ site: BenchSite) async throws -> [Figure] {
        let nginx = try NginxServer()
        try nginx.serve(try site.get(path).body, at: "bytes")
        return try await nginx.run {
            let headers = ["X-API-Key: \(BenchSite.apiKey)"]
            var (ours, theirs): ([WrkRun], [WrkRun]) = ([], [])
            for _ in 0..<Self.rounds {
                ours.append(try await WrkRun(path, of: site.port, headers: headers))
                theirs.append(try await WrkRun("/bytes", of: nginx.port, headers: headers))
            }
            return Self.compare(what, ours, theirs)
        }
    }

    private static func compare(_ what: String, _ ours: [WrkRun], _ theirs: [WrkRun]) -> [Figure] {
        func medians(_ value: (WrkRun) -> Double) -> (ours: Double, theirs: Double) {
            (Samples(ours.map(value)).median, Samples(theirs.map(value)).median)
        }
        let rate = medians(\.requestsPerSecond)
        let latencies = [("p50", medians(\.medianMilliseconds)), ("p99", medians(\.p99Milliseconds))]
        let throughput = Figure(
            name: "\(what), requests/s",
            ours: rate.ours.text(0),
            beside: "nginx \(rate.theirs.text(0))",
            ratio: (rate.ours / rate.theirs).text(),
            aim: "≥ 0.5",
            isMet: rate.ours / rate.theirs >= 0.5
        )
        return [throughput]
            + latencies.map { name, pair in
                Figure(
                    name: "\(what), latency \(name)",
                    ours: "\(pair.ours.text()) ms",
                    beside: "nginx \(pair.theirs.text()) ms",
                    ratio: (pair.ours / pair.theirs).text()
                )
            }
    }
}
