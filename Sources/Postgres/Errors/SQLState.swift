/// The five characters by which PostgreSQL says what went wrong: the only thing to branch on, its texts are translated.
///
/// The codes are those of PostgreSQL's manual, appendix A; CockroachDB and YugabyteDB use the same.
public struct SQLState: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// 23505: a row with this key is there already; the error names the constraint.
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// 23503: the row this one points to is not there, or is still pointed to.
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// 23502: a column that must have a value got NULL.
    public static let notNullViolation = SQLState(rawValue: "23502")
    /// 23514: a CHECK refused the row; the error names the constraint.
    public static let checkViolation = SQLState(rawValue: "23514")
    /// 40001: the transaction cannot be put in an order with those beside it.
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// 40P01: two transactions waited for each other, and this one was chosen to end.
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    /// 25006: a write in a read.
    public static let readOnlyTransaction = SQLState(rawValue: "25006")
    /// 25P02: an earlier statement of the transaction failed.
    public static let inFailedTransaction = SQLState(rawValue: "25P02")
    /// 57014: the statement was cancelled, by us or by its time limit.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// 22P02: a text that is no value of the type it should become.
    public static let invalidTextRepresentation = SQLState(rawValue: "22P02")
    /// 42P01: there is no such table.
    public static let undefinedTable = SQLState(rawValue: "42P01")
    /// 42601: the statement is not SQL.
    public static let syntaxError = SQLState(rawValue: "42601")
    /// 0A000: among others, a prepared statement whose table has changed since.
    public static let featureNotSupported = SQLState(rawValue: "0A000")
    /// 26000: a prepared statement that the server does not know.
    public static let invalidStatementName = SQLState(rawValue: "26000")

    /// The transaction as a whole did nothing wrong and may succeed when it is run again.
    public var isRetryable: Bool { self == .serializationFailure || self == .deadlockDetected }
}
