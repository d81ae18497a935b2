import Shared
import TestSupport
import Testing

@testable import CentralSync

/// What every database of the centre must do, whichever it is.
@Suite struct CentralDatabaseTests {
    private static let insert = """
        INSERT INTO empresa (empresa_id, name, support_contact, sends_shipping_contact, is_disabled, version,
            created_at_ms, updated_at_ms)
        VALUES ($1, $2, $3, 0, 0, 1, $4, $4)
        """

    private static func kind(_ error: CentralDatabaseError) -> String {
        switch error {
        case .duplicate: "duplicate"
        case .reference: "reference"
        case .constraint: "constraint"
        case .nulInText: "nulInText"
        case .unavailable: "unavailable"
        case .outcomeUnknown: "outcomeUnknown"
        }
    }

    private static func add(_ id: String, _ name: String, to session: any SQLSession) throws {
        try session.execute(insert, [.text(id), .text(name), .null, 1_800_000_000_000])
    }

    @Test(arguments: DatabaseKind.allCases) func `what was written is read, with its types`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            try await database.write { try Self.add("emp_1", "WiFi Ñandú", to: $0) }
            let row = try #require(
                try await database.read { try $0.first("SELECT * FROM empresa WHERE empresa_id = $1", ["emp_1"]) }
            )
            #expect(try row.text("name") == "WiFi Ñandú")
            #expect(try row.optionalText("support_contact") == nil)
            #expect(try row.integer("created_at_ms") == 1_800_000_000_000)
            #expect(try !row.bool("is_disabled"))
            #expect(throws: SQLRow.Mismatch.self) { try row.integer("name") }
            #expect(throws: SQLRow.Mismatch.self) { try row.text("nothing") }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a text with NUL is neither written nor looked for`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            await #expect(throws: CentralDatabaseError.nulInText) {
                try await database.write { try Self.add("emp_1", "a\0b", to: $0) }
            }
            await #expect(throws: CentralDatabaseError.nulInText) {
                try await database.read { try $0.query("SELECT * FROM empresa WHERE name = $1", ["a\0"]) }
            }
            let rows = try await database.read { try $0.query("SELECT * FROM empresa") }
            #expect(rows.isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `bytes come back as they went`(kind: DatabaseKind) async throws {
        let bytes = (0...255).map { UInt8($0) }
        try await kind.withDatabase { database in
            try await database.write {
                try $0.execute(
                    "INSERT INTO centre_key (name, public_key, sealed) VALUES ($1, $2, $3)",
                    ["a", .bytes(bytes), .bytes([])]
                )
            }
            let row = try await database.read { try $0.first("SELECT public_key, sealed FROM centre_key") }
            #expect(try row?.bytes("public_key") == bytes)
            #expect(try row?.bytes("sealed") == [])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a body that throws writes nothing`(kind: DatabaseKind) async throws {
        struct Stop: Error {}
        try await kind.withDatabase { database in
            await #expect(throws: Stop.self) {
                try await database.write { session in
                    try Self.add("emp_1", "uno", to: session)
                    throw Stop()
                }
            }
            let rows = try await database.read { try $0.query("SELECT * FROM empresa") }
            #expect(rows.isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `broken rules are told apart`(kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await database.write { try Self.add("emp_1", "uno", to: $0) }
            let duplicate = await #expect(throws: CentralDatabaseError.self) {
                try await database.write { try Self.add("emp_1", "otra", to: $0) }
            }
            #expect(duplicate.map(Self.kind) == "duplicate")
            let reference = await #expect(throws: CentralDatabaseError.self) {
                try await database.write {
                    try $0.execute(
                        """
                        INSERT INTO site (empresa_id, site_id, name, time_zone, snapshot_version, created_at_ms)
                        VALUES ('emp_none', 's', 's', 'UTC', 1, 0)
                        """
                    )
                }
            }
            #expect(reference.map(Self.kind) == "reference")
            let rule = await #expect(throws: CentralDatabaseError.self) {
                try await database.write { try $0.execute("UPDATE empresa SET version = 0") }
            }
            #expect(rule.map(Self.kind) == "constraint")
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a change tells how many rows it met`(kind: DatabaseKind) async throws
    {
        try await kind.withDatabase { database in
            let counts = try await database.write { session in
                for name in ["uno", "dos", "tres"] { try Self.add("emp_" + name, name, to: session) }
                return [
                    try session.execute("UPDATE empresa SET version = version + 1 WHERE name <> $1", ["uno"]),
                    try session.execute("UPDATE empresa SET version = 9 WHERE name = $1", ["nadie"]),
                ]
            }
            #expect(counts == [2, 0])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `writers that meet all get their turn`(kind: DatabaseKind) async throws
    {
        try await kind.withDatabase { database in
            try await database.write { try $0.execute("INSERT INTO counter (name, value) VALUES ('n', 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        _ = try await database.write { session in
                            try session.execute("UPDATE counter SET value = value + 1 WHERE name = 'n'")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let value = try await database.read { try $0.first("SELECT value FROM counter")?.integer("value") }
            #expect(value == 64)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `inserting again can be made to change instead`(
        kind: DatabaseKind
    ) async throws {
        let upsert = """
            INSERT INTO counter (name, value) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value
            RETURNING value
            """
        try await kind.withDatabase { database in
            let values = try await database.write { session in
                try (1...3).map { try session.first(upsert, ["n", .integer(Int64($0))])?.integer("value") }
            }
            #expect(values == [1, 3, 6])
        }
    }
}
