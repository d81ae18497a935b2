/// Why a URL does not say how to reach a PostgreSQL. It never quotes the URL: a password may be in it.
public enum PostgresConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It does not begin with `postgresql://` or `postgres://`.
    case notAPostgresURL
    /// libpq does not understand it: a stray `%`, an unknown parameter, a bad port.
    case unreadable

    public var description: String {
        switch self {
        case .notAPostgresURL: "the database's URL must begin with postgresql://"
        case .unreadable: "the database's URL is not one that libpq understands"
        }
    }
}
