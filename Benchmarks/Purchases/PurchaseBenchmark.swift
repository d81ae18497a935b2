import Foundation

/// What the box adds to a sale over the calls it waits for: what a sale takes beyond the time that the simulators had its
/// calls in hand. The network counts against the box, and so do the buyers, who share its processors.
struct PurchaseBenchmark: Benchmark {
    static let name = "purchases"
    static let summary = "what the box adds to a sale by card over the calls outside"
    private static let atOnce = 64

    /// How buyers come.
    private enum Arrival {
        /// Evenly over the time a sale takes; each begins again as soon as it is done.
        case spread
        case sameInstant
    }

    func run() async throws -> [Figure] {
        try await BenchSite.run { site in
            try await OutsideCalls.fixLatencies(at: site)
            return try await site.withBox { _ in
                // Connections, profiles and caches are made by the first sales. Few phones go online: the simulated
                // router looks at each of them at every command.
                var next = 0
                _ = try await measure(sales: 2, atOnce: 1, connects: true, from: &next, site)
                _ = try await measure(sales: Self.atOnce, from: &next, site)
                let alone = try await measure(sales: 20, atOnce: 1, from: &next, site)
                let spread = try await measure(sales: 15 * Self.atOnce, from: &next, site)
                var bursts: [SaleTimes] = []
                for _ in 0..<8 {
                    bursts.append(try await measure(sales: Self.atOnce, .sameInstant, from: &next, site))
                }
                let online = try await measure(sales: Self.atOnce, connects: true, from: &next, site)
                return figures("one at a time", [alone], hasAim: false)
                    + figures("\(Self.atOnce) under way", [spread], hasAim: true)
                    + figures("\(Self.atOnce) in the same instant", bursts, hasAim: false)
                    + figures("\(Self.atOnce) under way, phone online", [online], hasAim: false)
            }
        }
    }

    private func measure(
        sales: Int,
        atOnce: Int = PurchaseBenchmark.atOnce,
        _ arrival: Arrival = .spread,
        connects: Bool = false,
        from next: inout Int,
        _ site: BenchSite
    ) async throws -> SaleTimes {
        let first = next
        next += sales
        if connects { try await Buyer.register(first..<next, at: site) }
        let before = try await OutsideCalls(of: site)
        let start = Date.now
        let times = try await onThreads(atOnce) { buyer in
            let delay = arrival == .spread ? 0.5 * Double(buyer) / Double(atOnce) : 0.2
            Thread.sleep(until: start.addingTimeInterval(delay))
            return try stride(from: first + buyer, to: first + sales, by: atOnce).map {
                try Buyer(number: $0).buy(at: site, connects: connects)
            }
        }
        let outside = try await OutsideCalls(of: site).millisecondsPerSale(since: before, sales: sales)
        return SaleTimes(totals: times.flatMap { $0 }, outsideMilliseconds: outside)
    }

    private func figures(_ what: String, _ runs: [SaleTimes], hasAim: Bool) -> [Figure] {
        let added = Samples(runs.flatMap(\.added))
        let outside = Samples(runs.map(\.outsideMilliseconds)).mean
        return [("p50", 50, 5.0), ("p99", 99, 25.0)].map { name, percent, aim in
            let value = added.percentile(percent)
            return Figure(
                name: "\(what), added \(name)",
                ours: "\(value.text()) ms",
                beside: "outside \(outside.text(1)) ms",
                ratio: (value / outside).text(3),
                aim: hasAim ? "< \(aim.text(0)) ms" : "–",
                isMet: hasAim ? value < aim : nil
            )
        }
    }
}
