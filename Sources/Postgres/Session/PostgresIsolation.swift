/// How much a transaction sees of those beside it.
public enum PostgresIsolation: String, Sendable {
    /// Each statement sees what is committed when it begins.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed when the first one began.
    case repeatableRead = "REPEATABLE READ"
    /// As if the transactions ran one after the other, as on SQLite; the price is that some must be run again.
    case serializable = "SERIALIZABLE"
}
