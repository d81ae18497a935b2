public import Shared

/// Where a PostgreSQL is and how a connection to it behaves.
public struct PostgresConfiguration: Sendable {
    /// What libpq calls the parameters, without those that are secret.
    let parameters: [String: String]
    /// `password` and `sslpassword`.
    let secrets: [String: Secret<String>]

    /// How long a host may take to accept a connection; libpq counts whole seconds, at least two.
    public var connectTimeout: Duration = .seconds(5)
    /// How long a statement may run, unless its transaction says otherwise. The server ends it.
    public var statementTimeout: Duration = .seconds(30)
    /// How much longer a server may say nothing before it is given up: a statement beyond its limit, or one we
    /// cancelled.
    public var silenceGrace: Duration = .seconds(5)
    /// By what name the connections appear in `pg_stat_activity`.
    public var applicationName = "fichas"

    /// Reads `postgresql://user:password@host:port/database?sslmode=…`, `postgresql:///database?host=/folder` for a
    /// unix socket, or any other URL that libpq understands, with several hosts for example.
    ///
    /// libpq's own parser reads it, so what is checked here is what will be connected to. Without an `sslmode`, a
    /// server on another machine must show a certificate for its name (`verify-full`), signed by whom `sslrootcert`
    /// says or by an authority Debian trusts; on this machine (`prefer`) it need not.
    public init(url: Secret<String>) throws(PostgresConfigurationError) {
        let text = url.reveal()
        guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else { throw .notAPostgresURL }
        guard !text.utf8.contains(0), var parameters = ConnectionURL.parameters(of: text) else { throw .unreadable }
        var secrets: [String: Secret<String>] = [:]
        for name in ["password", "sslpassword"] {
            secrets[name] = parameters.removeValue(forKey: name).map { Secret($0) }
        }
        // Debian's socket; without it libpq would ask the environment, and what is decided below could be wrong.
        if parameters["host"] == nil, parameters["hostaddr"] == nil { parameters["host"] = "/var/run/postgresql" }
        let hosts = [parameters["host"], parameters["hostaddr"]].compactMap(\.self)
        let isLocal = hosts.allSatisfy { $0.split(separator: ",").allSatisfy(ConnectionURL.isOnThisMachine) }
        let mode = parameters["sslmode"] ?? (isLocal ? "prefer" : "verify-full")
        parameters["sslmode"] = mode
        // libpq would look in the home of whoever runs the program, and 15 does not know `system` yet.
        if mode.hasPrefix("verify"), (parameters["sslrootcert"] ?? "system") == "system" {
            parameters["sslrootcert"] = "/etc/ssl/certs/ca-certificates.crt"
        }
        self.parameters = parameters
        self.secrets = secrets
    }

    /// libpq's word for how the connection is protected: `prefer`, `verify-full`…
    public var sslMode: String { parameters["sslmode"] ?? "" }
}

extension PostgresConfiguration: CustomStringConvertible {
    /// The place without user and password, for logs.
    public var description: String {
        let host = parameters["host"] ?? parameters["hostaddr"] ?? ""
        return "\(host):\(parameters["port"] ?? "5432")/\(parameters["dbname"] ?? "") sslmode=\(sslMode)"
    }
}
