import Foundation
import TestSupport

/// What the box holds in memory: idle, under load, and at most.
struct MemoryBenchmark: Benchmark {
    static let name = "memory"
    static let summary = "resident memory of the box idle and under load"
    private static let aimMB = 60.0
    private static let sales = 1_280
    private static let atOnce = 64

    func run() async throws -> [Figure] {
        try await BenchSite.run { site in
            try await site.withBox { box in
                let idle = try ProcessMemory(of: box.processIdentifier)
                _ = try await WrkRun(
                    "/catalogo_perfiles_venta",
                    of: site.port,
                    headers: ["X-API-Key: \(BenchSite.apiKey)"]
                )
                let afterCatalogue = try ProcessMemory(of: box.processIdentifier)
                _ = try await onThreads(Self.atOnce) { buyer in
                    try stride(from: buyer, to: Self.sales, by: Self.atOnce).map {
                        try Buyer(number: $0).buy(at: site, connects: false)
                    }
                }
                let afterSales = try ProcessMemory(of: box.processIdentifier)
                return [
                    figure("idle", idle.residentMB), figure("after catalogue load", afterCatalogue.residentMB),
                    figure("after \(Self.sales) sales", afterSales.residentMB), figure("peak", afterSales.peakMB),
                ]
            }
        }
    }

    private func figure(_ name: String, _ megabytes: Double) -> Figure {
        Figure(
            name: name,
            ours: "\(megabytes.text(1)) MB",
            aim: "< \(Self.aimMB.text(0)) MB",
            isMet: megabytes < Self.aimMB
        )
    }
}
