import Shared
import Testing

@testable import Postgres

@Suite struct PostgresConfigurationTests {
    private func keywords(_ url: String) throws -> [String: String] {
        ConnectionKeywords(try PostgresConfiguration(url: Secret(url))).values
    }

    @Test func `every part of a URL finds its keyword`() throws {
        let found = try keywords("postgresql://ana:p%40ss%2Fw%C3%B6rd@db.example.mx:6432/fichas%20mx?connect_timeout=9")
        let expected = [
            "user": "ana", "password": "p@ss/wörd", "host": "db.example.mx", "port": "6432", "dbname": "fichas mx",
            "connect_timeout": "9", "application_name": "fichas", "client_encoding": "UTF8",
        ]
        for (name, value) in expected { #expect(found[name] == value) }
        #expect(
            found["options"]
                == "-c timezone=UTC -c bytea_output=hex -c statement_timeout=30000 "
                + "-c idle_in_transaction_session_timeout=60000"
        )
    }

    @Test func `what the URL says about the session comes last and wins`() throws {
        let options = try keywords("postgresql:///a?options=-c%20statement_timeout%3D7")["options"]
        #expect(options?.hasSuffix("-c statement_timeout=7") == true)
    }

    @Test func `a unix socket is a folder`() throws {
        #expect(try keywords("postgresql:///fichas?host=/run/other")["host"] == "/run/other")
        #expect(try keywords("postgresql://%2Frun%2Fother/fichas")["host"] == "/run/other")
        // Said even when the URL does not, so that the environment is not asked.
        #expect(try keywords("postgresql:///fichas")["host"] == "/var/run/postgresql")
    }

    @Test(arguments: [
        ("postgresql:///a", "prefer"),
        ("postgresql:///a?host=/tmp", "prefer"),
        ("postgres://localhost/a", "prefer"),
        ("postgresql://127.1.2.3:1/a", "prefer"),
        ("postgresql://[::1]/a", "prefer"),
        ("postgresql://localhost,127.0.0.1/a", "prefer"),
        ("postgresql://db.example.mx/a", "verify-full"),
        ("postgresql://10.0.0.1/a", "verify-full"),
        ("postgresql://localhost,db.example.mx/a", "verify-full"),
        ("postgresql://localhost/a?hostaddr=10.0.0.1", "verify-full"),
        ("postgresql://127.0.0.1.example.mx/a", "verify-full"),
        ("postgresql://db.example.mx/a?sslmode=require", "require"),
        ("postgresql://localhost/a?sslmode=verify-full", "verify-full"),
    ])
    func `another machine must prove who it is, unless the URL says otherwise`(url: String, mode: String) throws {
        #expect(try PostgresConfiguration(url: Secret(url)).sslMode == mode)
    }

    @Test func `Debian's authorities vouch where the URL names none`() throws {
        let debian = "/etc/ssl/certs/ca-certificates.crt"
        #expect(try keywords("postgresql://db.example.mx/a")["sslrootcert"] == debian)
        #expect(try keywords("postgresql://db.example.mx/a?sslrootcert=system")["sslrootcert"] == debian)
        #expect(try keywords("postgresql://db.example.mx/a?sslrootcert=/own.pem")["sslrootcert"] == "/own.pem")
        #expect(try keywords("postgresql://localhost/a")["sslrootcert"] == nil)
    }

    @Test(arguments: [
        "", "fichas", "mysql://a/b", "host=db password=geheim", "postgresql://ana:geheim@host/a%",
        "postgresql://h/a?geheim=1",
        "postgresql://ana:geheim%00@h/a", "postgresql://ana:geheim@[::1/a",
    ])
    func `what is no URL of PostgreSQL's is refused without being quoted`(url: String) throws {
        let error = #expect(throws: PostgresConfigurationError.self) {
            try PostgresConfiguration(url: Secret(url))
        }
        #expect(!String(reflecting: error).contains("geheim"))
    }

    @Test func `a configuration shows no password`() throws {
        let url = Secret("postgresql://ana:geheim@db.example.mx/fichas?sslpassword=geheim")
        let configuration = try PostgresConfiguration(url: url)
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped, "\([configuration])"] {
            #expect(!text.contains("geheim"), "\(text)")
        }
        #expect("\(configuration)" == "db.example.mx:5432/fichas sslmode=verify-full")
    }
}
