import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// What is exported is what is here, found out by PostgreSQL's own client and grammar.
@Suite struct ExportTests {
    @Test(arguments: DatabaseKind.allCases) func `PostgreSQL loads it, twice the same, with every row and no other`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { centre in
            try await FullCentre.fill(centre)
            let (folder, manifest) = try await Self.export(.postgresql, from: centre)
            try await ThrowawayPostgres.shared.withDatabase { target in
                for _ in 0..<2 {
                    try await target.psql(#"\i \#(folder.path("fichas.sql"))"#)
                    try await Self.compare(centre, target)
                }
                #expect(try await Self.sums(target) == manifest.tables.first { $0.name == "ventas" }?.sums)
                let details = try await target.psql("SELECT count(*), sum(amount) FROM fichas.venta_details")
                let days = try await target.psql("SELECT sum(sold_count + refunded_count) FROM fichas.ventas_by_day")
                #expect(details.hasPrefix("180|") && days == "180")
                let comments = try await target.psql(
                    """
                    SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                    WHERE c.relnamespace = 'fichas'::regnamespace AND c.relkind = 'r' AND attnum > 0
                        AND col_description(c.oid, attnum) IS NULL
                    """
                )
                #expect(comments == "0")
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `CSV goes into the same tables`(kind: DatabaseKind) async throws {
        try await kind.withDatabase { centre in
            try await FullCentre.fill(centre)
            let (folder, manifest) = try await Self.export(.csv, from: centre)
            #expect(Set(manifest.files.map(\.name)) == Set(ExportTable.all.map { $0.name + ".csv" } + ["schema.sql"]))
            try await ThrowawayPostgres.shared.withDatabase { target in
                try await target.psql(#"\i \#(folder.path("schema.sql"))"#)
                for table in ExportTable.all {
                    let path = folder.path(table.name + ".csv")
                    try await target.psql(
                        #"\copy fichas.\#(table.name) FROM '\#(path)' WITH (FORMAT csv, HEADER match)"#
                    )
                }
                try await Self.compare(centre, target)
            }
        }
    }

    @Test func `a newer export over an older one brings what is new and what changed`() async throws {
        try await DatabaseKind.sqlite.withDatabase { centre in
            try await FullCentre.fill(centre, sales: 10)
            let (first, _) = try await Self.export(.postgresql, from: centre)
            let later = RandomSales.now + .seconds(60)
            try await centre.write { session in
                try session.execute("UPDATE site SET name = 'otro nombre'")
                try session.execute(
                    """
                    INSERT INTO venta SELECT empresa_id, 'pur_new', site_id, box_id, epoch, 999, router_id, product_id,
                        product_name, duration_seconds, method, outcome, ficha_code, amount_cents, refunded_cents, currency,
                        order_id, charge_id, at_ms, time_is_estimated, local_date, local_hour, $1, time_zone, till_id, folio, cashier_id,
                        reseller_id, entrega_id, commission_cents
                    FROM venta WHERE venta_id = 'pur_box_1_0'
                    """,
                    [.integer(later.milliseconds)]
                )
            }
            let (second, manifest) = try await Self.export(.postgresql, from: centre, ExportScope(since: later))
            #expect(manifest.tables.first { $0.name == "ventas" }?.rows == 1 && manifest.since == later)
            try await ThrowawayPostgres.shared.withDatabase { target in
                try await target.psql(#"\i \#(first.path("fichas.sql"))"#)
                try await target.psql(#"\i \#(second.path("fichas.sql"))"#)
                try await Self.compare(centre, target)
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `one empresa's export holds nobody else's rows`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { centre in
            try await FullCentre.fill(centre, sales: 10)
            let (folder, manifest) = try await Self.export(.csv, from: centre, ExportScope(empresaID: "emp_b"))
            let rows: [String: Int] = ["empresas": 1, "sites": 1, "boxes": 1, "ventas": 10, "fichas": 1]
            for table in manifest.tables where table.name != "voids" {
                #expect(Int(table.rows) == rows[table.name] ?? 0, "\(table.name)")
            }
            for table in ExportTable.all {
                let text = try String(contentsOfFile: folder.path(table.name + ".csv"), encoding: .utf8)
                #expect(!text.contains("emp_a"))
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `the manifest tells the truth`(kind: DatabaseKind) async throws {
        try await kind.withDatabase { centre in
            try await FullCentre.fill(centre)
            for format in ExportFolder.Format.allCases {
                let (folder, manifest) = try await Self.export(format, from: centre)
                let read = try ExportFolder(existing: folder.path("")).manifest()
                #expect(read == manifest)
                for file in manifest.files {
                    let data = try Data(contentsOf: folder.url.appending(path: file.name))
                    #expect(file.bytes == Int64(data.count) && file.sha256 == SHA256Digest(of: data))
                }
                #expect(manifest.schema == CentralMigration.all.last?.id)
                let mode = try FileManager.default.attributesOfItem(atPath: folder.path("manifest.json"))
                #expect(mode[.posixPermissions] as? Int == 0o600)
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `no secret is in what is for analysis, and full has them sealed`(
        kind: DatabaseKind
    ) async throws {
        let hexadecimal = SHA256Digest.hexadecimal(of: Array(FullCentre.secret.utf8))
        try await kind.withDatabase { centre in
            try await FullCentre.fill(centre)
            for format in ExportFolder.Format.allCases {
                let (folder, manifest) = try await Self.export(format, from: centre)
                let text = try manifest.files.map { file in
                    try String(contentsOfFile: folder.path(file.name), encoding: .utf8)
                }.joined()
                #expect(text.contains(FullCentre.secret) == (format == .full))
                #expect(text.contains(hexadecimal) == (format == .full))
                #expect(text.contains("a@b.mx") == (format == .full))
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `PostgreSQL's grammar takes all of it`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { centre in
            try await FullCentre.fill(centre)
            let sql = try await Self.export(.postgresql, from: centre).0
            let csv = try await Self.export(.csv, from: centre).0
            let full = try await Self.export(.full, from: centre).0
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sql_check.py")
            let check = try PythonTool.start(
                [script.path(percentEncoded: false)] + [
                    sql.path("fichas.sql"), csv.path("schema.sql"), full.path("fichas.sql"),
                ]
            )
            let status = try await check.exitStatus()
            #expect(status == 0, "\(check.lines.joined(separator: "\n"))")
            #expect(check.lines.last?.hasSuffix("statements parsed") == true)
            withExtendedLifetime((sql, csv, full)) {}
        }
    }

    @Test func `a folder with something in it is left alone`() async throws {
        let folder = try TemporaryDirectory()
        try Data().write(to: folder.url.appending(path: "mine"))
        #expect(throws: CocoaError.self) { try ExportFolder(new: folder.path("")) }
    }

    // MARK: Parts

    private static func export(
        _ format: ExportFolder.Format,
        from centre: any CentralReader,
        _ scope: ExportScope = ExportScope()
    ) async throws -> (TemporaryDirectory, ExportManifest) {
        let folder = try TemporaryDirectory()
        let manifest = try await ExportFolder(new: folder.path(""))
            .write(format, scope: scope, from: centre, at: RandomSales.now)
        return (folder, manifest)
    }

    /// Every row of the loaded tables beside every row they come from, both as the centre stores them.
    private static func compare(_ centre: any CentralReader, _ target: ThrowawayDatabase) async throws {
        for table in ExportTable.all {
            let loaded = table.columns.map { column in
                switch column.kind {
                case .boolean: "CASE WHEN \(column.name) THEN 1 WHEN NOT \(column.name) THEN 0 END"
                case .time: "(extract(epoch FROM \(column.name)) * 1000)::bigint"
                default: column.name
                }
            }.joined(separator: ", ")
            let found = try await target.psql("COPY (SELECT \(loaded) FROM fichas.\(table.name)) TO STDOUT")
            let here = try await centre.read(.long) { session in
                let kinds = try session.columns(of: table.source)
                var bytes: [UInt8] = []
                let columns = table.columns.compactMap { column in kinds.first { $0.name == column.source } }
                try session.copyOut(CopyQuery(table: table.source, columns: columns)) { bytes += $0 }
                return String(decoding: bytes, as: UTF8.self)
            }
            let (left, right) = (found.split(separator: "\n").sorted(), here.split(separator: "\n").sorted())
            #expect(!right.isEmpty)
            #expect(left == right, "\(table.name)")
        }
    }

    private static func sums(_ target: ThrowawayDatabase) async throws -> [String: Int64] {
        let text = try await target.psql("SELECT sum(amount_cents), sum(refunded_cents) FROM fichas.ventas")
        let cents = text.split(separator: "|").compactMap { Int64($0) }
        return Dictionary(uniqueKeysWithValues: zip(["amount_cents", "refunded_cents"], cents))
    }
}
