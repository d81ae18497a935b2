import Shared

/// All that is said to libpq when a connection is made, as keywords and values: nothing is put together to a string
/// that would have to be taken apart again.
struct ConnectionKeywords {
    private(set) var values: [String: String]

    init(_ configuration: PostgresConfiguration) {
        values = configuration.parameters
        for (name, secret) in configuration.secrets { values[name] = secret.reveal() }
        setDefault("connect_timeout", "\(max(2, Int(configuration.connectTimeout.inSeconds.rounded(.up))))")
        setDefault("application_name", configuration.applicationName)
        // A server that is gone is noticed: by what was sent and not acknowledged, or, while waiting, by silence.
        setDefault("tcp_user_timeout", "15000")
        setDefault("keepalives", "1")
        setDefault("keepalives_idle", "15")
        setDefault("keepalives_interval", "5")
        setDefault("keepalives_count", "3")
        // Otherwise libpq first asks for a Kerberos ticket, wherever there happens to be one.
        setDefault("gssencmode", "disable")
        values["client_encoding"] = "UTF8"
        values["options"] = options(configuration) + (values["options"].map { " \($0)" } ?? "")
    }

    /// The session's settings; what the URL says about them comes after and wins.
    private func options(_ configuration: PostgresConfiguration) -> String {
        let settings = [
            ("timezone", "UTC"),
            ("bytea_output", "hex"),
            ("statement_timeout", "\(configuration.statementTimeout.limitInMilliseconds)"),
            // A transaction this process has forgotten must not hold its locks for ever.
            ("idle_in_transaction_session_timeout", "60000"),
        ]
        return settings.map { "-c \($0)=\($1)" }.joined(separator: " ")
    }

    private mutating func setDefault(_ name: String, _ value: String) {
        if values[name] == nil { values[name] = value }
    }
}

extension Duration {
    /// Whole milliseconds, at least 1: 0 means "no limit" to PostgreSQL.
    var limitInMilliseconds: Int { Int(max(1, min(wholeMilliseconds, Int64(Int32.max)))) }
}
