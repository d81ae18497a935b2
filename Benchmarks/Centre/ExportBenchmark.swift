import Foundation
import Shared
import TestSupport

/// An export beside what PostgreSQL itself takes to write the same tables down.
struct ExportBenchmark: Benchmark {
    static let name = "export"
    static let summary = "central-sync export of 5 million ventas beside pg_dump of the same tables"
    private static let aim = 0.5
    private static let rounds = 2

    func run() async throws -> [Figure] {
        try await BenchStore.withPostgreSQL { store, database in
            let rows = CentreRows(store: store, now: WallClock.system.now)
            let centre = try await BenchCentre(on: store, rows: rows.tenants + rows.sold + ["VACUUM ANALYZE"])
            var (ours, theirs, peaks): ([Double], [Double], [Double]) = ([], [], [])
            for _ in 0..<Self.rounds {
                theirs.append(try await dump(database).inSeconds)
                let folder = try TemporaryDirectory()
                let arguments = ["export", "--format", "postgresql", "--out", folder.path("export")]
                let (duration, peakMB) = try await centre.command(arguments)
                ours.append(duration.inSeconds)
                peaks.append(peakMB)
            }
            let (export, pgDump) = (Samples(ours).median, Samples(theirs).median)
            return [
                Figure(
                    name: "\(CentreRows.ventas / 1_000_000) million ventas",
                    ours: "\(export.text(1)) s",
                    beside: "pg_dump \(pgDump.text(1)) s",
                    ratio: (pgDump / export).text(),
                    aim: "> \(Self.aim.text(1))",
                    isMet: pgDump / export > Self.aim
                ),
                Figure(name: "peak memory", ours: "\((peaks.max() ?? 0).text(1)) MB"),
            ]
        }
    }

    private func dump(_ database: ThrowawayDatabase) async throws -> Duration {
        let folder = try TemporaryDirectory()
        let tables = ["empresa", "site", "router", "product", "box_status", "venta"].flatMap { ["-t", $0] }
        let arguments = ["-d", database.url, "-f", folder.path("dump.sql")] + tables
        let begin = ContinuousClock.now
        let program = try RunningProgram(
            URL(filePath: "/bin/sh"),
            ["-c", "exec \"$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)/pg_dump\" \"$@\"", "sh"] + arguments
        )
        guard try await program.exitStatus(within: .seconds(3_600)) == 0 else {
            throw BenchCentre.Failure(description: program.lines.joined(separator: "\n"))
        }
        return ContinuousClock.now - begin
    }
}
