/// A database of the centre's to read from, which others may be writing to.
protocol CentralReader: Sendable {
    /// Reads one consistent state.
    ///
    /// - Throws: What `body` throws, or ``CentralDatabaseError``.
    func read<Value: Sendable>(
        _ span: WorkSpan,
        _ body: @escaping @Sendable (any CopySession) throws -> Value
    ) async throws -> Value
}

/// The centre's database: SQLite for one centre on one machine, PostgreSQL for several.
///
/// Both run the same SQL text. It is written for PostgreSQL, keeps to what both understand (reference `reliability.md`
/// §4.4), and names its arguments `$1`, `$2`, … in order. Two conformers, held to one set of contract tests.
protocol CentralDatabase: CentralReader {
    /// Runs `body` in a transaction that is durable when this returns, and not cancelled once it has begun.
    ///
    /// `body` may run more than once, when the database could not put it in order with others: it must do nothing but
    /// SQL.
    ///
    /// - Throws: What `body` throws, with nothing written; or ``CentralDatabaseError``.
    @discardableResult
    func write<Value: Sendable>(
        _ span: WorkSpan,
        _ order: WriteOrder,
        _ body: @escaping @Sendable (any CopySession) throws -> Value
    ) async throws -> Value
}

/// How long a statement may take before it is given up.
enum WorkSpan: Sendable {
    /// Half a minute: somebody waits for it.
    case short
    /// Hours: it goes through all there is.
    case long
}

/// How a write is kept apart from those beside it. SQLite has one writer, and both are the same there.
enum WriteOrder: Sendable {
    /// As if all writes ran one after the other; one that could not is run again.
    case serial
    /// Each statement sees what is committed when it begins, and waits for those who hold its rows. For what thousands do
    /// at once, mostly to rows of their own: put in order, they would be run again and again. The body locks the rows by
    /// which it decides (``SQLSession/rowLock``) before it reads anything else.
    case byRowLocks
}

extension CentralReader {
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await read(.short) { try body($0) }
    }
}

extension CentralDatabase {
    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLSession) throws -> Value) async throws -> Value {
        try await write(.short, .serial) { try body($0) }
    }
}

/// SQL inside one transaction. Valid only inside the body it is given to.
protocol SQLSession {
    /// - Throws: ``CentralDatabaseError``.
    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow]

    /// - Returns: How many rows were written.
    /// - Throws: ``CentralDatabaseError``.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Inserts many rows, the way that is fastest here.
    ///
    /// - Parameters:
    ///   - columns: In the order of each row's values; of one type each, in all rows.
    ///   - suffix: What follows the values, such as `ON CONFLICT … DO NOTHING RETURNING …`.
    /// - Returns: What `RETURNING` gave.
    /// - Throws: ``CentralDatabaseError``.
    func insert(into table: String, columns: [String], rows: [[SQLValue]], suffix: String) throws -> [SQLRow]

    /// What ends a `SELECT` whose rows nobody else may change before the end of this transaction.
    var rowLock: String { get }

    /// Inserts rows that are usually all new, but for those that are here already.
    ///
    /// - Parameter key: The columns two rows may not have in common.
    /// - Returns: For each row whether it was inserted.
    /// - Throws: ``CentralDatabaseError``.
    func insertNew(into table: String, key: [String], columns: [String], rows: [[SQLValue]]) throws -> [Bool]

    /// Inserts rows, of which usually none is here yet, and changes those that are.
    ///
    /// - Parameter conflict: `ON CONFLICT … DO UPDATE …`.
    /// - Throws: ``CentralDatabaseError``.
    func insertOrUpdate(into table: String, columns: [String], rows: [[SQLValue]], conflict: String) throws
}

extension SQLSession {
    func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws -> [SQLRow] {
        try insert(into: table, columns: columns, rows: rows, suffix: "")
    }

    func query(_ sql: String) throws -> [SQLRow] { try query(sql, []) }

    @discardableResult
    func execute(_ sql: String) throws -> Int { try execute(sql, []) }

    /// The first row of an answer.
    func first(_ sql: String, _ arguments: [SQLValue] = []) throws -> SQLRow? {
        try query(sql, arguments).first
    }
}

/// What the callers tell apart.
enum CentralDatabaseError: Error, Equatable {
    /// A row with that key is there already.
    case duplicate(constraint: String)
    /// A row it needs is not there, or a row that is there needs it.
    case reference(constraint: String)
    /// Another rule of the table is broken: a defect of ours.
    case constraint(String)
    /// A text holds the character NUL, which PostgreSQL cannot store, so we never do. It came from a client.
    case nulInText
    /// The database cannot be used now; nothing was written.
    case unavailable(String)
    /// The connection broke while the transaction was being made durable: it may have been written.
    case outcomeUnknown
}
