/// A transaction that was run, and what it left of its connection.
struct TransactionRun<Value: Sendable>: Sendable {
    let end: TransactionEnd<Value>
    /// Whether the connection may be used for another.
    let isReusable: Bool
}
