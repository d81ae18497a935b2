/// What a transaction is begun as.
struct TransactionMode: Sendable {
    let isolation: PostgresIsolation
    let isReadOnly: Bool
    /// Instead of the configuration's, for this transaction.
    let statementTimeout: Duration?

    /// One round trip, whatever it says.
    var beginStatement: String {
        var sql = "BEGIN ISOLATION LEVEL \(isolation.rawValue), \(isReadOnly ? "READ ONLY" : "READ WRITE")"
        if let statementTimeout { sql += "; SET LOCAL statement_timeout = \(statementTimeout.limitInMilliseconds)" }
        return sql
    }
}
