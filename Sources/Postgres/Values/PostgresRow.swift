/// One row of an answer.
public struct PostgresRow: Hashable, Sendable {
    /// The columns' names, in the order of the values.
    public let columns: [String]
    public let values: [PostgresValue]

    public init(columns: [String], values: [PostgresValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value at a place, counted from 0.
    public subscript(index: Int) -> PostgresValue { values[index] }

    /// The first column of that name; nil when there is none.
    public subscript(name: String) -> PostgresValue? {
        columns.firstIndex(of: name).map { values[$0] }
    }

    /// The integer in a column. Throws `PostgresError.wrongColumn` when there is none, NULL included.
    public func integer(_ name: String) throws(PostgresError) -> Int64 {
        guard let value = self[name]?.asInteger else { throw .wrongColumn(name) }
        return value
    }

    /// The text in a column. Throws `PostgresError.wrongColumn` when there is none, NULL included.
    public func text(_ name: String) throws(PostgresError) -> String {
        guard let value = self[name]?.asText else { throw .wrongColumn(name) }
        return value
    }

    /// The bytes in a column. Throws `PostgresError.wrongColumn` when there are none, NULL included.
    public func bytes(_ name: String) throws(PostgresError) -> [UInt8] {
        guard let value = self[name]?.asBytes else { throw .wrongColumn(name) }
        return value
    }
}
