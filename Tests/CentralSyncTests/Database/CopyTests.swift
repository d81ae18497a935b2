import Shared
import TestSupport
import Testing

@testable import CentralSync

/// Whole tables out and in again, whichever the two databases are.
@Suite struct CopyTests {
    private static let texts = [
        "", #"\N"#, #"a\b"#, "tab\there", "line\nbreak", "\r", #"""#, "Ñandú 🎉", #"\."#, " ", "','",
    ]

    @Test(arguments: DatabaseKind.allCases, DatabaseKind.allCases)
    func `what one writes the other reads, and writes the same again`(
        from: DatabaseKind,
        to: DatabaseKind
    ) async throws {
        try await from.withDatabase { source in
            try await source.write { session in
                for (number, text) in Self.texts.enumerated() {
                    try session.execute(
                        """
                        INSERT INTO empresa (empresa_id, name, support_contact, conekta_public_key, conekta_private_sealed,
                            sends_shipping_contact, is_disabled, version, created_at_ms, updated_at_ms)
                        VALUES ($1, $2, $3, $4, $5, 0, 1, 9007199254740993, -5, 0)
                        """,
                        [
                            .text("emp_\(number)"), .text(text), number.isMultiple(of: 2) ? .null : .text(text),
                            number.isMultiple(of: 3) ? .text("k") : .null,
                            number.isMultiple(of: 3) ? .bytes((0...255).map { UInt8($0) }.suffix(number * 20)) : .null,
                        ]
                    )
                }
            }
            let (columns, written) = try await Self.read(source)
            #expect(written.split(separator: UInt8(ascii: "\n")).count == Self.texts.count)
            try await to.withDatabase { target in
                let count = try await target.write(.long, .serial) { session in
                    var chunks = [written]
                    return try session.copyIn("empresa", columns: columns) { chunks.popLast() }
                }
                #expect(count == Self.texts.count)
                #expect(try await Self.read(target).1 == written)
                let rows = try await target.read {
                    try $0.query("SELECT * FROM empresa ORDER BY created_at_ms, empresa_id")
                }
                #expect(Set(try rows.map { try $0.text("name") }) == Set(Self.texts))
                #expect(try rows[0].integer("version") == 9_007_199_254_740_993)
            }
        }
    }

    @Test(arguments: [#"emp_1\#tx"#, "emp_1", "\\"]) func `SQLite takes no rows that are not whole`(
        line: String
    ) async throws {
        try await DatabaseKind.sqlite.withDatabase { database in
            await #expect(throws: CopyError.malformed(table: "counter")) {
                try await database.write(.long, .serial) { session in
                    var chunks = [Array((line + "\n").utf8)]
                    return try session.copyIn("counter", columns: ["name", "value"]) { chunks.popLast() }
                }
            }
        }
    }

    private static func read(_ database: any CentralDatabase) async throws -> ([String], [UInt8]) {
        try await database.read(.long) { session in
            let columns = try session.columns(of: "empresa")
            var bytes: [UInt8] = []
            try session.copyOut(CopyQuery(table: "empresa", columns: columns)) { bytes += $0 }
            return (columns.map(\.name), bytes)
        }
    }
}
