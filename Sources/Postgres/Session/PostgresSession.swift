import CLibPQ

/// A transaction under way, as the body of `read` or `write` sees it. It blocks the body's thread and is of no use
/// outside of it.
///
/// Placeholders are `$1`, `$2`…; PostgreSQL infers their types from the statement, so where it cannot (`SELECT $1`)
/// write `$1::bigint`. Once a statement has failed every other fails too (25P02), until the transaction or the
/// `savepoint` around it ends.
public final class PostgresSession {
    let link: Link
    private var savepoints = 0
    /// The first error that made the transaction unusable. Whatever the body makes of it, this is why nothing was
    /// committed.
    private(set) var failure: PostgresError?
    /// The connection must not be used again, though nothing is wrong with this transaction.
    private(set) var mustDropConnection = false

    init(_ link: Link) {
        self.link = link
    }

    /// Runs one statement and returns all its rows. What may be large is for ``forEach(_:_:body:)``.
    ///
    /// - Throws: `server`, `connectionLost`, `timedOut`, `cancelled`, `nulInText`, `argumentsTooLarge`,
    ///   `wrongKindOfStatement`.
    public func query(_ sql: String, _ arguments: [PostgresValue] = []) throws(PostgresError) -> [PostgresRow] {
        try noting { () throws(PostgresError) in
            let result = try run(sql, arguments)
            let shape = result.shape
            return (0..<result.rowCount).map { result.row($0, shape) }
        }
    }

    /// Runs one statement and returns how many rows it wrote.
    ///
    /// - Throws: As ``query(_:_:)``.
    @discardableResult
    public func execute(_ sql: String, _ arguments: [PostgresValue] = []) throws(PostgresError) -> Int {
        try noting { () throws(PostgresError) in try run(sql, arguments).affectedRows }
    }

    /// Runs several statements, separated by `;`, without arguments: for schemas.
    ///
    /// - Throws: As ``query(_:_:)``; `transactionEnded` is found out at the end of the body.
    public func executeScript(_ sql: String) throws(PostgresError) {
        try noting { () throws(PostgresError) in _ = try link.simple(sql) }
    }

    /// Runs the body so that, when it throws, only what it did is undone and the transaction can go on.
    ///
    /// - Throws: What the body throws; what the server refused inside of it, even if the body did not pass it on.
    public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        savepoints += 1
        let name = "savepoint\(savepoints)"
        try executeScript("SAVEPOINT \(name)")
        do {
            let value = try body()
            if link.transactionStatus == PQTRANS_INERROR, let failure { throw failure }
            try executeScript("RELEASE SAVEPOINT \(name)")
            return value
        } catch {
            // On a broken link there is nothing left to undo.
            guard link.transactionStatus == PQTRANS_INERROR || link.transactionStatus == PQTRANS_INTRANS else {
                throw error
            }
            try link.simple("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
            failure = nil
            throw error
        }
    }

    /// Prepares the statement, if it is not, and sends it off.
    ///
    /// - Parameter rowByRow: The results are to come one for each row, as the rows arrive.
    func send(_ sql: String, _ arguments: [PostgresValue], rowByRow: Bool = false) throws(PostgresError) {
        let arguments = try Arguments(arguments)
        let name = try prepared(sql)
        try link.send { connection in
            let isSent = arguments.withPointers {
                PQsendQueryPrepared(connection, name, $0.count, $0.values, $0.lengths, $0.formats, 0)
            }
            return rowByRow && isSent == 1 ? PQsetSingleRowMode(connection) : isSent
        }
    }

    /// Remembers why the transaction has become unusable.
    func noting<Value: ~Copyable>(_ work: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        do {
            return try work()
        } catch {
            note(error)
            throw error
        }
    }

    func note(_ error: PostgresError) {
        // The statement is prepared for tables that have changed, or the server has forgotten it: a new connection
        // knows better.
        if error.sqlState == .featureNotSupported || error.sqlState == .invalidStatementName {
            mustDropConnection = true
        }
        guard failure == nil, link.isBroken || link.transactionStatus == PQTRANS_INERROR else { return }
        failure = error
    }

    private func run(_ sql: String, _ arguments: [PostgresValue]) throws(PostgresError) -> QueryResult {
        try send(sql, arguments)
        return try link.onlyResult()
    }

    private func prepared(_ sql: String) throws(PostgresError) -> String {
        if let name = link.statements.name(of: sql) { return name }
        guard !sql.utf8.contains(0) else { throw .nulInText }
        let name = link.statements.newName()
        try link.send { PQsendPrepare($0, name, sql, 0, nil) }
        _ = try link.onlyResult()
        if let evicted = link.statements.insert(sql, name: name) { try link.simple("DEALLOCATE \(evicted)") }
        return name
    }
}
