/// How the work with PostgreSQL failed, told apart by what the caller may conclude.
///
/// Only after ``commitOutcomeUnknown`` may something have been committed; after every other error nothing was, unless
/// the work committed by itself (``transactionEnded``).
public enum PostgresError: Error, Hashable, Sendable {
    /// The server refused a statement or the commit.
    case server(PostgresServerError)
    /// The connection ended before the commit was asked for.
    case connectionLost
    /// There is no connection to be had, and the last attempt was not long ago. The reason is libpq's text: for people,
    /// never to branch on; it holds hosts and users, no passwords.
    case cannotConnect(reason: String)
    /// A limit on time was reached.
    case timedOut(PostgresTimeLimit)
    /// The task that waited was cancelled, or the pool was closed while the statement ran.
    case cancelled
    /// The commit was asked for and no answer came: it is done or it is not. Ask by a key of your own, or write it so
    /// that doing it again changes nothing.
    case commitOutcomeUnknown
    /// The pool is closed or closing.
    case poolClosed
    /// A text holds the character NUL, which PostgreSQL cannot store. Nothing was sent.
    case nulInText
    /// More arguments than the protocol can count (65,535), or one longer than PostgreSQL can store (1 GiB). Nothing
    /// was sent.
    case argumentsTooLarge
    /// The work ended the transaction by itself, with a `COMMIT` or `ROLLBACK` of its own. A mistake in the program.
    case transactionEnded
    /// The statement is not of the kind its method is for, `COPY` in a query for example. A mistake in the program.
    case wrongKindOfStatement
    /// A column is not there, or does not have the type that was asked for. A mistake in the program.
    case wrongColumn(String)

    /// The server's code, where the server spoke.
    public var sqlState: SQLState? {
        guard case .server(let error) = self else { return nil }
        return error.sqlState
    }

    /// The constraint that refused the row, if that is what happened.
    public var constraint: String? {
        guard case .server(let error) = self else { return nil }
        return error.constraint
    }
}

extension PostgresError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .server(let error): error.description
        case .connectionLost: "the connection to PostgreSQL was lost"
        case .cannotConnect: "PostgreSQL cannot be reached"
        case .timedOut(.connection): "no connection to PostgreSQL became free in time"
        case .timedOut(.statement): "PostgreSQL did not finish the statement in time"
        case .cancelled: "the work with PostgreSQL was cancelled"
        case .commitOutcomeUnknown: "the connection to PostgreSQL was lost during the commit: its outcome is unknown"
        case .poolClosed: "the connections to PostgreSQL are closed"
        case .nulInText: "a text for PostgreSQL holds the character NUL"
        case .argumentsTooLarge: "a statement has too many arguments or one that is too long"
        case .transactionEnded: "the work ended its transaction by itself"
        case .wrongKindOfStatement: "the statement is not of the kind its method is for"
        case .wrongColumn(let name): "no column \(name) of the type asked for"
        }
    }
}

extension PostgresError: CustomDebugStringConvertible {
    public var debugDescription: String {
        switch self {
        case .server(let error): error.debugDescription
        case .cannotConnect(let reason): "\(description): \(reason)"
        default: description
        }
    }
}
