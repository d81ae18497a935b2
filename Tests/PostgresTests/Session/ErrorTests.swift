import Postgres
import TestSupport
import Testing

/// What the server refuses, told apart by its codes.
@Suite(.timeLimit(.minutes(2))) struct ErrorTests {
    static let schema = """
        CREATE TABLE empresa (id bigint CONSTRAINT empresa_key PRIMARY KEY, name text NOT NULL);
        CREATE TABLE router (
            id bigint PRIMARY KEY, empresa_id bigint CONSTRAINT router_empresa REFERENCES empresa,
            ports int CONSTRAINT router_ports CHECK (ports > 0)
        );
        INSERT INTO empresa VALUES (1, 'Red del Valle')
        """

    static let refusals: [(String, SQLState, String?)] = [
        ("INSERT INTO empresa VALUES (1, 'x')", .uniqueViolation, "empresa_key"),
        ("INSERT INTO empresa VALUES (2, NULL)", .notNullViolation, nil),
        ("INSERT INTO router VALUES (1, 9, 1)", .foreignKeyViolation, "router_empresa"),
        ("INSERT INTO router VALUES (1, 1, 0)", .checkViolation, "router_ports"),
        ("INSERT INTO nothing VALUES (1)", .undefinedTable, nil),
        ("INSERT INTO", .syntaxError, nil),
        ("SELECT 'secreto'::int", .invalidTextRepresentation, nil),
    ]

    @Test(arguments: refusals)
    func `a refusal has its code and its constraint`(sql: String, state: SQLState, constraint: String?) async throws {
        try await withPool { pool, _ in
            try await pool.write { try $0.executeScript(Self.schema) }
            let error = await #expect(throws: PostgresError.self) { try await pool.write { try $0.execute(sql) } }
            #expect(error?.sqlState == state)
            #expect(error?.constraint == constraint)
            // The description quotes nothing out of the statement or its rows.
            #expect(error?.description.contains("secreto") == false)
            // The connection is as good as before.
            try await pool.expectAnswer()
        }
    }

    @Test func `a refusal names the table and the column`() async throws {
        try await withPool { pool, _ in
            try await pool.write { try $0.executeScript(Self.schema) }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { try $0.execute("INSERT INTO empresa VALUES (2, NULL)") }
            }
            guard case .server(let refusal) = error else { return }
            #expect(
                refusal.table == "empresa" && refusal.column == "name" && refusal.detail?.contains("(2, null)") == true
            )
        }
    }

    @Test func `a read cannot write`() async throws {
        try await withPool { pool, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.read { try $0.executeScript("CREATE TABLE forbidden (id int)") }
            }
            #expect(error?.sqlState == .readOnlyTransaction)
        }
    }

    @Test func `a refusal the body keeps to itself is not taken for a commit`() async throws {
        try await withPool { pool, database in
            try await pool.write { try $0.executeScript(Self.schema) }
            let error = await #expect(throws: PostgresError.self) {
                try await pool.write { session in
                    try session.execute("INSERT INTO empresa VALUES (2, 'x')")
                    _ = try? session.execute("INSERT INTO empresa VALUES (1, 'x')")
                    _ = try? session.execute("SELECT 1")
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(try await database.psql("SELECT count(*) FROM empresa") == "1")
        }
    }

    @Test func `a savepoint undoes itself and nothing else`() async throws {
        try await withPool { pool, database in
            try await pool.write { try $0.executeScript(Self.schema) }
            try await pool.write { session in
                for id in 1...3 {
                    do {
                        try session.savepoint {
                            try session.execute("INSERT INTO router VALUES ($1, 1, 1)", [.integer(Int64(id))])
                            try session.execute("INSERT INTO empresa VALUES ($1, 'x')", [.integer(Int64(id))])
                        }
                    } catch let error as PostgresError {
                        #expect(error.sqlState == .uniqueViolation)
                    }
                }
            }
            #expect(try await database.psql("SELECT string_agg(id::text, ',' ORDER BY id) FROM router") == "2,3")
        }
    }

    @Test func `a savepoint does not hide what its body kept to itself`() async throws {
        try await withPool { pool, database in
            try await pool.write { try $0.executeScript(Self.schema) }
            try await pool.write { session in
                #expect(throws: PostgresError.self) {
                    try session.savepoint { _ = try? session.execute("INSERT INTO empresa VALUES (1, 'x')") }
                }
                try session.execute("INSERT INTO empresa VALUES (2, 'x')")
            }
            #expect(try await database.psql("SELECT count(*) FROM empresa") == "2")
        }
    }

    @Test(arguments: ["COMMIT", "ROLLBACK"]) func `a body may not end its transaction`(sql: String) async throws {
        try await withPool { pool, _ in
            await #expect(throws: PostgresError.transactionEnded) { try await pool.write { try $0.executeScript(sql) } }
            try await pool.expectAnswer()
        }
    }

    @Test(arguments: ["COPY pg_class TO STDOUT", "COPY copied FROM STDIN"])
    func `a copy is no query`(sql: String) async throws {
        try await withPool { pool, _ in
            try await pool.write { try $0.executeScript("CREATE TABLE copied (id int)") }
            await #expect(throws: PostgresError.wrongKindOfStatement) { try await pool.write { try $0.query(sql) } }
            await #expect(throws: PostgresError.wrongKindOfStatement) {
                try await pool.write { try $0.executeScript(sql) }
            }
            try await pool.expectAnswer()
        }
    }

    @Test func `what the body throws comes back, and nothing is written`() async throws {
        struct Mine: Error {}
        try await withPool { pool, database in
            try await pool.write { try $0.executeScript(Self.schema) }
            await #expect(throws: Mine.self) {
                try await pool.write { session in
                    try session.execute("INSERT INTO empresa VALUES (2, 'x')")
                    throw Mine()
                }
            }
            #expect(try await database.psql("SELECT count(*) FROM empresa") == "1")
        }
    }
}
