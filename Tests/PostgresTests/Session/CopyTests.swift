import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct CopyTests {
    struct ProducerFailed: Error {}

    @Test func `rows are copied in, cut anywhere, and out again`() async throws {
        try await withPool { pool, database in
            let lines = (0..<50_000).map { "\($0)\tcafé \($0)\n" }.joined()
            let counts = try await pool.write { session in
                try session.executeScript("CREATE TABLE venta (id bigint PRIMARY KEY, word text)")
                // Chunks of an odd size, so that rows and even characters are cut; one larger than a piece.
                var rest = Array(lines.utf8)[...]
                let copied = try session.copyIn("COPY venta FROM STDIN") {
                    let chunk = rest.prefix(rest.count > 500_000 ? 200_001 : 7_919)
                    rest = rest.dropFirst(chunk.count)
                    return chunk.isEmpty ? nil : Array(chunk)
                }
                var (out, chunks) = ([UInt8](), 0)
                let read = try session.copyOut("COPY (SELECT * FROM venta ORDER BY id) TO STDOUT") {
                    out += $0
                    chunks += 1
                    #expect($0.last == UInt8(ascii: "\n"))
                }
                #expect(out == Array(lines.utf8))
                #expect(chunks > 5 && chunks < 30)
                return [copied, read]
            }
            #expect(counts == [50_000, 50_000])
            #expect(try await database.psql("SELECT count(*) FROM venta") == "50000")
        }
    }

    @Test func `a producer that fails copies nothing, and a savepoint survives it`() async throws {
        try await withPool { pool, database in
            try await pool.write { session in
                try session.executeScript("CREATE TABLE venta (id bigint)")
                var chunks = 0
                #expect(throws: ProducerFailed.self) {
                    try session.savepoint {
                        try session.copyIn("COPY venta FROM STDIN") {
                            chunks += 1
                            if chunks > 3 { throw ProducerFailed() }
                            return Array("1\n2\n".utf8)
                        }
                    }
                }
                try session.execute("INSERT INTO venta VALUES (7)")
            }
            #expect(try await database.psql("SELECT string_agg(id::text, ',') FROM venta") == "7")
        }
    }

    @Test func `a producer that fails fails the transaction, even when the body keeps it to itself`() async throws {
        try await withPool { pool, database in
            try await pool.write { try $0.executeScript("CREATE TABLE venta (id bigint)") }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { session in
                    _ = try? session.copyIn("COPY venta FROM STDIN") { throw ProducerFailed() }
                }
            }
            #expect(error?.sqlState == .queryCanceled)
            #expect(try await database.psql("SELECT count(*) FROM venta") == "0")
        }
    }

    @Test func `a row that does not fit is the server's to refuse`() async throws {
        try await withPool { pool, _ in
            try await pool.write { try $0.executeScript("CREATE TABLE venta (id bigint PRIMARY KEY)") }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { session in
                    // Far more than the sockets hold, and refused from the first row on.
                    var chunks = 0
                    try session.copyIn("COPY venta FROM STDIN") {
                        chunks += 1
                        return chunks > 200 ? nil : Array(String(repeating: "1\n", count: 50_000).utf8)
                    }
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            try await pool.expectAnswer()
        }
    }

    @Test func `who reads a copy may stop`() async throws {
        try await withPool(limits: .ample(connections: 1)) { pool, _ in
            await #expect(throws: ProducerFailed.self) {
                try await pool.read { session in
                    try session.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { _ in
                        throw ProducerFailed()
                    }
                }
            }
            try await pool.expectAnswer()
        }
    }

    @Test(arguments: ["SELECT 1", "INSERT INTO nothing VALUES (1)", "COPY pg_class TO STDOUT"])
    func `only a copy is copied in`(sql: String) async throws {
        try await withPool { pool, _ in
            await #expect(throws: PostgresError.self) { try await pool.write { try $0.copyIn(sql) { nil } } }
            try await pool.expectAnswer()
        }
    }
}
