import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// Moving a centre from one database to another.
@Suite struct FullImportTests {
    @Test func `from SQLite to PostgreSQL and back every row is the same`() async throws {
        try await DatabaseKind.sqlite.withDatabase { first in
            try await FullCentre.fill(first)
            let before = try await FullCentre.contents(first)
            for table in CentralMigration.tables { #expect(before[table]?.isEmpty == false, "nothing in \(table)") }
            try await DatabaseKind.postgresql.withDatabase { second in
                try await Self.move(first, second)
                #expect(try await FullCentre.contents(second) == before)
                try await DatabaseKind.sqlite.withDatabase { third in
                    try await Self.move(second, third)
                    #expect(try await FullCentre.contents(third) == before)
                    // It goes on from there.
                    try await third.write { try Audit.append(AuditTests.change("s4"), in: $0) }
                    #expect(try await AuditVerifier(database: third).verify().isOK)
                }
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a centre with anything in it is left alone`(
        kind: DatabaseKind
    ) async throws {
        try await DatabaseKind.sqlite.withDatabase { source in
            try await FullCentre.fill(source, sales: 5)
            try await kind.withDatabase { target in
                try await target.write { try $0.execute("INSERT INTO wake VALUES ('wak_1', 'emp', NULL, NULL, 1)") }
                await #expect(throws: ImportError.notEmpty("table wake")) { try await Self.move(source, target) }
                try await Self.expect(target, hasOnly: 1)
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases, ["flipped", "cut", "row gone", "table gone"])
    func `what is damaged changes nothing`(kind: DatabaseKind, damage: String) async throws {
        try await DatabaseKind.sqlite.withDatabase { source in
            try await FullCentre.fill(source, sales: 5)
            let folder = try TemporaryDirectory()
            _ = try await ExportFolder(new: folder.path(""))
                .write(.full, scope: ExportScope(), from: source, at: RandomSales.now)
            var text = try String(contentsOfFile: folder.path("fichas.sql"), encoding: .utf8)
            let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("emp_b\tpur_box_3_0\t") })
            switch damage {
            case "flipped": text = text.replacing("\tpur_box_3_0\t", with: "\tpur_box_3_9\t")
            case "cut": text = String(text.prefix(text.count - 2_000))
            case "row gone": text = text.replacing(row + "\n", with: "")
            default: text = text.replacing("COPY fork (", with: "COPY of fork (")
            }
            try text.write(toFile: folder.path("fichas.sql"), atomically: true, encoding: .utf8)
            try await kind.withDatabase { target in
                await #expect(throws: (any Error).self) {
                    try await FullImport(database: target).load(ExportFolder(existing: folder.path("")))
                }
                try await Self.expect(target, hasOnly: 0)
            }
        }
    }

    @Test func `what is no full export of this version is refused`() async throws {
        try await DatabaseKind.sqlite.withDatabase { database in
            let (empty, analytic, other) = (
                try TemporaryDirectory(), try TemporaryDirectory(), try TemporaryDirectory()
            )
            _ = try await ExportFolder(new: analytic.path(""))
                .write(.postgresql, scope: ExportScope(), from: database, at: RandomSales.now)
            try Data(
                #"{"kind":"full","schema":"0001_x","created_at":"2026-11-22T00:00:00Z","tables":[],"files":[]}"#.utf8
            )
            .write(to: other.url.appending(path: "manifest.json"))
            let cases = [(empty, ImportError.notAnExport), (analytic, .wrongKind), (other, .otherSchema("0001_x"))]
            for (folder, error) in cases {
                await #expect(throws: error) {
                    try await FullImport(database: database).load(ExportFolder(existing: folder.path("")))
                }
            }
        }
    }

    // MARK: Parts

    private static func move(_ source: any CentralReader, _ target: any CentralDatabase) async throws {
        let folder = try TemporaryDirectory()
        let export = try ExportFolder(new: folder.path(""))
        _ = try await export.write(.full, scope: ExportScope(), from: source, at: RandomSales.now)
        try await FullImport(database: target).load(export)
    }

    private static func expect(_ database: any CentralDatabase, hasOnly count: Int) async throws {
        let contents = try await FullCentre.contents(database)
        #expect(contents.values.reduce(0) { $0 + $1.count } == count)
    }
}
