/// What the server said about a statement it refused.
///
/// The description is made of codes and names only: PostgreSQL's texts quote values out of rows. They are in
/// `debugDescription`, for who looks into a failure on purpose.
public struct PostgresServerError: Hashable, Sendable {
    public let sqlState: SQLState
    public let message: String
    public let detail: String?
    /// The constraint that was violated.
    public let constraint: String?
    public let table: String?
    public let column: String?

    public init(
        sqlState: SQLState,
        message: String,
        detail: String? = nil,
        constraint: String? = nil,
        table: String? = nil,
        column: String? = nil
    ) {
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.constraint = constraint
        self.table = table
        self.column = column
    }
}

extension PostgresServerError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        var text = "PostgreSQL error \(sqlState.rawValue)"
        if let constraint { text += " by constraint \(constraint)" }
        if let table { text += " on table \(table)" }
        if let column { text += " at column \(column)" }
        return text
    }

    public var debugDescription: String {
        "\(description): \(message)" + (detail.map { " (\($0))" } ?? "")
    }
}
