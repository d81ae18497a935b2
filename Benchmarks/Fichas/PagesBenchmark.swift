import Foundation
import TestSupport

/// The portal's pages as a phone gets them, in bytes, and how long the box takes for each.
struct PagesBenchmark: Benchmark {
    static let name = "pages"
    static let summary =
        "the portal's pages in bytes, and the time each takes with 1,000 and with 100,000 fichas from before"
    private static let turns = 3

    private struct Page: Sendable {
        let name: String
        let path: String
        /// How often it is timed.
        var rounds = 200
    }

    /// What was measured at one site, by page.
    private struct Measure: Sendable {
        let names: [String]
        let sizes: [(plain: Int, packed: Int)]
        let times: [Double]
    }

    /// Few and many a few times in turn: what else the machine does differs from minute to minute.
    func run() async throws -> [Figure] {
        var measures = FichaRows.pasts.map { _ in [Measure]() }
        for _ in 0..<Self.turns {
            for (index, past) in FichaRows.pasts.enumerated() { measures[index].append(try await measure(past)) }
        }
        guard let last = measures.last?.last else { return [] }
        return last.names.enumerated().flatMap { index, name in
            let (plain, packed) = last.sizes[index]
            let times = measures.map { Samples($0.map { $0.times[index] }).median }
            return [
                Figure(
                    name: "\(name), bytes",
                    ours: "\(packed)",
                    beside: "without gzip \(plain)",
                    ratio: (Double(packed) / Double(plain)).text(),
                    aim: "< 20480",
                    isMet: plain < 20_480
                ), .ofPasts("\(name), p50", times, unit: "ms", digits: 3),
            ]
        }
    }

    private func measure(_ past: Int) async throws -> Measure {
        try await BenchSite.run { site in
            try await site.withBox { _ in }
            var rows = FichaRows(site)
            try await rows.addPast(past)
            return try await site.withBox { _ in
                let pages = try await pages(at: site)
                return Measure(
                    names: pages.map(\.name),
                    sizes: try pages.map { page in
                        (try fetch(page, site).bytes.count, try fetch(page, site, packed: true).bytes.count)
                    },
                    times: try pages.map { try milliseconds($0, site) }
                )
            }
        }
    }

    private func pages(at site: BenchSite) async throws -> [Page] {
        let buyer = Buyer(number: 1)
        try await Buyer.register(1..<2, at: site)
        let answer = try buyer.purchase(at: site, connects: true)
        guard let id = answer.firstMatch(of: /"purchase_id":"(pur_[0-9a-z]+)"/)?.output.1 else {
            throw PlainHTTP.Failure(description: "no purchase: \(answer)")
        }
        return [
            Page(name: "price list", path: "/r/r1"),
            Page(name: "card", path: "/r/r1/comprar/1"),
            Page(name: "purchase", path: "/r/r1/compra/\(id)"),
            Page(name: "code", path: "/r/r1/ficha"),
            // A phone that asks more often than this is told to wait.
            Page(name: "my ficha", path: "/r/r1/mi-ficha", rounds: 4),
            Page(name: "online", path: "/r/r1/en-linea"),
        ]
    }

    private func fetch(_ page: Page, _ site: BenchSite, packed: Bool = false) throws -> PlainHTTP.Answer {
        let head = ["GET \(page.path) HTTP/1.1"] + (packed ? ["Accept-Encoding: gzip"] : [])
        let answer = try PlainHTTP.send(head, to: site.port, from: Buyer(number: 1).address)
        guard answer.status == 200 else {
            throw PlainHTTP.Failure(description: "\(page.path): \(answer.status) \(answer.body)")
        }
        return answer
    }

    private func milliseconds(_ page: Page, _ site: BenchSite) throws -> Double {
        let times = try (0..<page.rounds).map { _ in
            let begin = ContinuousClock.now
            _ = try fetch(page, site)
            return (ContinuousClock.now - begin).milliseconds
        }
        return Samples(times).median
    }
}
