import Postgres
import TestSupport
import Testing

/// Values there and back, as a real server takes and gives them.
@Suite(.timeLimit(.minutes(2))) struct QueryTests {
    static let table = """
        CREATE TABLE everything (
            small smallint, medium integer, big bigint, yes boolean, single real, double double precision,
            word text, short varchar(20), raw bytea, amount numeric(14, 2), at timestamptz, id uuid, extra jsonb
        )
        """

    @Test func `every type comes back as what it is`() async throws {
        try await withPool { pool, _ in
            let row = try await pool.write { session in
                try session.executeScript(Self.table)
                let count = try session.execute(
                    "INSERT INTO everything VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                    [
                        -32_768, 2_147_483_647, .integer(.min), 1, 0.5, .real(.pi), "ñandú 🐦 '; --", "corto",
                        .bytes(Array(0...255)), "1234.50", "2026-11-22 10:10:09-06",
                        "0d4c1a2e-5b1f-4f52-9d0a-6a8a4c6f2d11", #"{"a": 1}"#,
                    ]
                )
                #expect(count == 1)
                return try session.query("SELECT * FROM everything")[0]
            }
            #expect(
                row.values == [
                    -32_768, 2_147_483_647, .integer(.min), 1, 0.5, .real(.pi), "ñandú 🐦 '; --", "corto",
                    .bytes(Array(0...255)), "1234.50", "2026-11-22 16:10:09+00",
                    "0d4c1a2e-5b1f-4f52-9d0a-6a8a4c6f2d11", #"{"a": 1}"#,
                ]
            )
            #expect(row.columns.prefix(3) == ["small", "medium", "big"])
            #expect(row["big"] == .integer(.min))
            #expect(try row.text("word") == "ñandú 🐦 '; --")
            #expect(row["nowhere"] == nil)
            #expect(throws: PostgresError.wrongColumn("word")) { try row.integer("word") }
        }
    }

    @Test func `NULL is NULL in every type`() async throws {
        try await withPool { pool, _ in
            let row = try await pool.write { session in
                try session.executeScript(Self.table)
                try session.execute(
                    "INSERT INTO everything VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                    Array(repeating: .null, count: 13)
                )
                return try session.query("SELECT * FROM everything")[0]
            }
            #expect(row.values == Array(repeating: .null, count: 13))
        }
    }

    @Test(arguments: [
        PostgresValue.text(""), .bytes([]), .bytes([0]), .text(String(repeating: "x", count: 1_000_000)),
        .bytes([UInt8](repeating: 0xFF, count: 1_000_000)), .integer(.max), .real(-.infinity),
        .real(.leastNonzeroMagnitude), .real(0.1 + 0.2), .text("\\x41"), .text("NULL"),
    ])
    func `the extremes come back as they went`(value: PostgresValue) async throws {
        let type =
            switch value {
            case .null, .text: "text"
            case .integer: "bigint"
            case .real: "double precision"
            case .bytes: "bytea"
            }
        try await withPool { pool, _ in
            let answer = try await pool.read { try $0.query("SELECT $1::\(type) AS value", [value]) }
            #expect(answer.map(\.values) == [[value]])
        }
    }

    @Test func `not a number is one`() async throws {
        try await withPool { pool, _ in
            let answer = try await pool.read { try $0.query("SELECT $1::float8", [.real(.nan)])[0][0] }
            #expect(answer.asReal?.isNaN == true)
        }
    }

    @Test func `a text with NUL is refused before it is sent`() async throws {
        try await withPool { pool, _ in
            let count = try await pool.write { session in
                #expect(throws: PostgresError.nulInText) { try session.query("SELECT $1::text", ["a\0b"]) }
                #expect(throws: PostgresError.nulInText) { try session.query("SELECT 1\0") }
                #expect(throws: PostgresError.nulInText) { try session.executeScript("SELECT 1;\0") }
                // Nothing was sent, so the transaction is as good as before.
                return try session.query("SELECT 1").count
            }
            #expect(count == 1)
        }
    }

    @Test func `no more arguments than the protocol can count`() async throws {
        try await withPool { pool, _ in
            await #expect(throws: PostgresError.argumentsTooLarge) {
                try await pool.read { try $0.query("SELECT 1", Array(repeating: 1, count: 65_536)) }
            }
        }
    }

    @Test func `statements beyond the cache are prepared and forgotten`() async throws {
        try await withPool { pool, _ in
            let counts = try await pool.read { session in
                for round in 0..<2 {
                    for number in 0..<200 {
                        let row = try session.query("SELECT \(number) + $1::bigint", [.integer(Int64(round))])[0]
                        #expect(row[0] == .integer(Int64(number + round)))
                    }
                }
                return try session.query("SELECT count(*) FROM pg_prepared_statements")[0][0]
            }
            #expect(counts == 128)
        }
    }

    @Test func `a table that changes under a prepared statement costs one failure`() async throws {
        try await withPool(limits: .ample(connections: 1)) { pool, database in
            try await database.psql("CREATE TABLE growing (a int); INSERT INTO growing VALUES (1)")
            _ = try await pool.read { try $0.query("SELECT * FROM growing") }
            try await database.psql("ALTER TABLE growing ADD b int")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.read { try $0.query("SELECT * FROM growing") }
            }
            #expect(error?.sqlState == .featureNotSupported)
            #expect(try await pool.read { try $0.query("SELECT * FROM growing")[0].values } == [1, .null])
        }
    }
}
