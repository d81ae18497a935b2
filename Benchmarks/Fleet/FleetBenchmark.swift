import TestSupport

/// The fleet at a centre on SQLite.
struct FleetBenchmark: Benchmark {
    static let name = "fleet"
    static let summary = "10,000 boxes at one centre: memory, a change for one of them, a restart and a kill under load"

    func run() async throws -> [Figure] {
        try await BoxFleet().measure(.sqlite(TemporaryDirectory()))
    }
}

/// The fleet at a centre on PostgreSQL.
struct FleetPostgreSQLBenchmark: Benchmark {
    static let name = "fleet-postgresql"
    static let summary = "the same on PostgreSQL"

    func run() async throws -> [Figure] {
        try await BenchStore.withPostgreSQL { store, _ in try await BoxFleet().measure(store) }
    }
}
