public import GRDB

/// Statements that are compiled once for each connection. GRDB asks an authoriser about every column it compiles, which
/// costs more than carrying the statement out: of a sale's time on the writer it was the larger half.
extension Database {
    /// Carries out one statement; `sql` must be a constant, as it stays in the cache.
    public func executeCached(sql: String, arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
