import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct StreamingTests {
    struct Enough: Error {}

    @Test func `a million rows need the memory of a few`() async throws {
        try await withPool { pool, _ in
            // 400 MB of texts in all; held at once they would show, whatever else the tests are doing.
            let (sum, growth) = try await pool.read(statementTimeout: .seconds(240)) { session in
                let before = try Self.residentBytes()
                var (sum, most): (Int64, Int) = (0, before)
                try session.forEach("SELECT n, repeat('x', 400) FROM generate_series(1, $1::int) n", [1_000_000]) {
                    row in
                    sum += try row.integer("n")
                    if sum % 50_000 == 0 { most = max(most, try Self.residentBytes()) }
                }
                return (sum, most - before)
            }
            #expect(sum == 500_000_500_000)
            #expect(growth < 150_000_000, "\(growth)")
        }
    }

    @Test func `who reads rows may stop, and the next one gets another connection`() async throws {
        try await withPool(limits: .ample(connections: 1)) { pool, _ in
            let first = try await pool.read { try $0.query("SELECT pg_backend_pid()")[0][0] }
            await #expect(throws: Enough.self) {
                try await pool.read { session in
                    try session.forEach("SELECT generate_series(1, 100000000)") { _ in throw Enough() }
                }
            }
            let second = try await pool.read { try $0.query("SELECT pg_backend_pid()")[0][0] }
            #expect(first != second)
        }
    }

    @Test func `a stream that fails on its way says so after the rows before`() async throws {
        try await withPool { pool, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.read { session in
                    var rows = 0
                    defer { #expect(rows == 99) }
                    try session.forEach("SELECT 1 / (100 - n) FROM generate_series(1, 200) n") { _ in rows += 1 }
                }
            }
            #expect(error?.sqlState?.rawValue == "22012")
            try await pool.expectAnswer()
        }
    }

    @Test func `no rows are no rows`() async throws {
        try await withPool { pool, _ in
            try await pool.read { session in
                try session.forEach("SELECT 1 WHERE false") { _ in Issue.record("there is no row") }
                #expect(try session.query("SELECT 1").count == 1)
            }
        }
    }

    private static func residentBytes() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (Int(pages[1]) ?? 0) * 4_096
    }
}
