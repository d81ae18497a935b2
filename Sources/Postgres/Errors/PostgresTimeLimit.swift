/// Which limit on time was reached.
public enum PostgresTimeLimit: Hashable, Sendable {
    /// All connections were lent for too long; the work has not begun.
    case connection
    /// A statement ran, or the server was silent, for too long.
    case statement
}
