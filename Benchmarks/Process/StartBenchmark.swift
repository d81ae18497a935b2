import TestSupport

/// From starting the program to its first answer, on a database that is there already.
struct StartBenchmark: Benchmark {
    static let name = "start"
    static let summary = "from starting the box to the first 200 at /healthz, beside nginx's first answer"
    private static let rounds = 10

    func run() async throws -> [Figure] {
        try await BenchSite.run { site in
            let nginx = try NginxServer()
            try nginx.serve("ok", at: "healthz")
            try await site.withBox { _ in }
            var (ours, theirs): ([Double], [Double]) = ([], [])
            for _ in 0..<Self.rounds {
                ours.append(try await time(port: site.port) { try site.startBox() })
                theirs.append(try await time(port: nginx.port, nginx.start))
            }
            let (median, nginxMedian) = (Samples(ours).median, Samples(theirs).median)
            return [
                Figure(
                    name: "first answer, median of \(Self.rounds)",
                    ours: "\(median.text(1)) ms",
                    beside: "nginx \(nginxMedian.text(1)) ms",
                    ratio: (median / nginxMedian).text()
                )
            ]
        }
    }

    private func time(port: UInt16, _ start: () throws -> RunningProgram) async throws -> Double {
        let begin = ContinuousClock.now
        let program = try start()
        do {
            try await answering(.microseconds(500)) { try PlainHTTP.get("/healthz", from: port).status == 200 }
            let duration = ContinuousClock.now - begin
            try await program.stop()
            return duration.milliseconds
        } catch {
            await program.killNow()
            throw error
        }
    }
}
