import Postgres
import TestSupport
import Testing

/// Who the server is, over TLS: PostgreSQL's own, with a certificate of its own.
@Suite(.timeLimit(.minutes(2))) struct TLSTests {
    @Test func `a server is who its certificate says, or nobody`() async throws {
        var options = ThrowawayPostgres.Options()
        options.certificateName = "DNS:db.fichas.test"
        let server = try await ThrowawayPostgres(options)
        let address = try #require(server.address)
        let certificate = "\(server.folder)/data/server.crt"
        func url(_ host: String, _ rest: String) -> String {
            "postgresql://fichas@\(host):\(address.port)/postgres?hostaddr=\(address.host)&sslmode=verify-full\(rest)"
        }

        try await withPool(on: url("db.fichas.test", "&sslrootcert=\(certificate)")) { pool in
            let row = try await pool.read { session in
                try session.query("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")[0]
            }
            #expect(row.values == [1, "TLSv1.3"])
        }
        // Another name; and the authorities Debian trusts, who never heard of it.
        for (host, rest) in [("other.fichas.test", "&sslrootcert=\(certificate)"), ("db.fichas.test", "")] {
            try await withPool(on: url(host, rest)) { pool in
                let error = await #expect(throws: PostgresError.self) { try await pool.read { _ in } }
                guard case .cannotConnect(let reason) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(
                    reason.contains(host == "db.fichas.test" ? "certificate verify failed" : "does not match host name")
                )
            }
        }
        await server.stop()
    }
}
