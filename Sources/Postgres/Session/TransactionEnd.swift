/// How a transaction ended.
enum TransactionEnd<Value: Sendable>: Sendable {
    case committed(Value)
    /// Nothing of it is in the database.
    case notCommitted(any Error)
    /// Nothing of it is in the database, and it may go in when it is run again.
    case retryable(any Error)
    /// The connection was gone before the transaction began: the body did not run.
    case neverBegan(PostgresError)
    /// It is in the database or it is not.
    case unknown
}
