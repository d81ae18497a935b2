import Shared
import TestSupport

/// What the simulated router has seen, as far as the benchmarks of fichas need it.
struct RouterLedger: Decodable, Sendable {
    struct User: Decodable, Sendable {
        let removedAt: Timestamp?
    }

    let users: [User]
    let commands: [String: Int]
    let bytesIn: Int
    let bytesOut: Int

    var commandCount: Int { commands.values.reduce(0, +) }
    /// Without those the router came with.
    var presentCount: Int { users.count { $0.removedAt == nil } }

    init(of site: BenchSite) async throws {
        self = try await site.router.get("ledger")
    }
}
