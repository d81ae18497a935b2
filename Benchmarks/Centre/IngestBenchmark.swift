import Foundation
import GRDB
import Logging
import Postgres
import Shared
import TestSupport

/// What the centre takes for a batch of 1,000 events, from the first byte of the request to the last of the answer: read,
/// chained, checked, written as events, as ventas and as sums, durable. Beside it, batch by batch, the bare database takes
/// the same rows of events and ventas.
struct IngestBenchmark: Benchmark {
    static let name = "ingest"
    static let summary = "batches of 1,000 events by HTTP beside COPY (PostgreSQL) and prepared inserts (SQLite)"
    private static let batches = 60
    /// Not counted: connections are made and statements prepared.
    private static let warmUp = 5

    func run() async throws -> [Figure] {
        let onPostgreSQL = try await BenchStore.withPostgreSQL { store, database in
            try await measureOnPostgreSQL(store, database)
        }
        return onPostgreSQL + (try await measureOnSQLite())
    }

    private func measureOnPostgreSQL(_ store: BenchStore, _ database: ThrowawayDatabase) async throws -> [Figure] {
        let events = try BoxEvents(batches: Self.batches, until: WallClock.system.now)
        let centre = try await BenchCentre(on: store, rows: BoxEvents.rows(in: store))
        for table in RawTables.tables {
            try await database.psql("CREATE TABLE raw_\(table) (LIKE \(table) INCLUDING ALL)")
        }
        let pool = PostgresPool(
            try PostgresConfiguration(url: Secret(database.url)),
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        )
        var (ours, theirs): ([Double], [Double]) = ([], [])
        try await centre.run { _ in
            for batch in events.batches {
                ours.append(try send(batch, to: centre).milliseconds)
                let rows = try await RawTables.rows(batch, in: database)
                theirs.append(try await RawTables.copy(rows, through: pool).milliseconds)
            }
        }
        await pool.close()
        return figures("PostgreSQL", ours, theirs, "COPY", aim: 0.5)
    }

    private func measureOnSQLite() async throws -> [Figure] {
        let folder = try TemporaryDirectory()
        let store = BenchStore.sqlite(folder)
        let events = try BoxEvents(batches: Self.batches, until: WallClock.system.now)
        let centre = try await BenchCentre(on: store, rows: BoxEvents.rows(in: store))
        var configuration = Configuration()
        configuration.readonly = true
        let reader = try DatabaseQueue(path: folder.path("centre.sqlite"), configuration: configuration)
        let (schema, widths) = try await reader.read { db in
            let names = RawTables.tables.map { "'\($0)'" }.joined(separator: ", ")
            return (
                try String.fetchAll(
                    db,
                    sql: "SELECT sql FROM sqlite_master WHERE tbl_name IN (\(names)) AND sql IS NOT NULL"
                ),
                try RawTables.tables.map { try db.columns(in: $0).count }
            )
        }
        let raw = try RawSQLite(path: folder.path("raw.sqlite"), schema: schema, widths: widths)
        var (ours, theirs): ([Double], [Double]) = ([], [])
        try await centre.run { _ in
            for batch in events.batches {
                ours.append(try send(batch, to: centre).milliseconds)
                let rows = try await reader.read { db in
                    try RawTables.tables.map { table in
                        try Row.fetchAll(
                            db,
                            sql: "SELECT * FROM \(table) WHERE \(RawTables.condition(batch, on: table))"
                        ).map { $0.databaseValues.map(RawSQLite.Value.init) }
                    }
                }
                theirs.append(try raw.insert(rows).milliseconds)
            }
        }
        try reader.close()
        return figures("SQLite", ours, theirs, "prepared inserts", aim: 0.7)
    }

    private func send(_ batch: EventBatch, to centre: BenchCentre) throws -> Duration {
        let body = String(decoding: try JSONEncoder().encode(batch), as: UTF8.self)
        let fields = ["Content-Type: application/json", "Authorization: Bearer \(BoxEvents.credential)"]
        let begin = ContinuousClock.now
        let answer = try PlainHTTP.send(
            ["POST /sync/events HTTP/1.1"] + fields,
            body: body,
            to: centre.port,
            from: "127.0.0.2"
        )
        let duration = ContinuousClock.now - begin
        guard answer.status == 200 else { throw BenchCentre.Failure(description: answer.body) }
        return duration
    }

    private func figures(
        _ name: String,
        _ ours: [Double],
        _ theirs: [Double],
        _ what: String,
        aim: Double
    ) -> [Figure] {
        let (ingest, raw) = (Samples(Array(ours.dropFirst(Self.warmUp))), Samples(Array(theirs.dropFirst(Self.warmUp))))
        return [("mean", ingest.mean, raw.mean), ("p50", ingest.median, raw.median)].map { kind, ours, beside in
            Figure(
                name: "\(name), 1,000 events, \(kind)",
                ours: "\(ours.text(1)) ms",
                beside: "\(what) \(beside.text(1)) ms",
                ratio: (beside / ours).text(),
                aim: "> \(aim.text(1))",
                isMet: beside / ours > aim
            )
        }
    }
}
