/// A session that also moves tables as a whole, in constant memory.
protocol CopySession: SQLSession {
    /// The columns of a table of ours, in their order; none when there is no such table.
    func columns(of table: String) throws -> [CopyQuery.Column]

    /// Hands on the rows, whole ones, in chunks of about 64 KiB.
    ///
    /// - Returns: How many rows there were.
    /// - Throws: What `onChunk` throws; ``CentralDatabaseError``.
    @discardableResult
    func copyOut(_ query: CopyQuery, onChunk: ([UInt8]) throws -> Void) throws -> Int

    /// Inserts rows in the format ``CopyQuery/Format/text``.
    ///
    /// - Parameters:
    ///   - columns: In the order of the rows; of kind text, integer or bytes.
    ///   - nextChunk: Whole rows; nil after the last.
    /// - Returns: How many rows there were.
    /// - Throws: What `nextChunk` throws; ``CopyError``; ``CentralDatabaseError``.
    @discardableResult
    func copyIn(_ table: String, columns: [String], nextChunk: () throws -> [UInt8]?) throws -> Int
}

/// A row that is not what a table takes.
enum CopyError: Error, Equatable, CustomStringConvertible {
    case malformed(table: String)

    var description: String {
        switch self {
        case .malformed(let table): "a row of table \(table) cannot be read"
        }
    }
}
