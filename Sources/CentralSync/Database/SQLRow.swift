/// One row of an answer, read by column names.
struct SQLRow: Sendable {
    /// A column that is not there, or not what the program takes it for: a defect, never a user's doing.
    struct Mismatch: Error, CustomStringConvertible {
        let column: String

        var description: String { "column \(column) is missing or of another type" }
    }

    private let indices: [String: Int]
    private let values: [SQLValue]

    /// - Parameter indices: Where each column's value stands; shared by all rows of an answer.
    init(indices: [String: Int], values: [SQLValue]) {
        self.indices = indices
        self.values = values
    }

    /// Several of them, whatever they hold.
    func values(_ columns: [String]) throws(Mismatch) -> [SQLValue] {
        var values: [SQLValue] = []
        for column in columns { values.append(try value(column)) }
        return values
    }

    func integer(_ column: String) throws(Mismatch) -> Int64 {
        guard case .integer(let value) = try value(column) else { throw Mismatch(column: column) }
        return value
    }

    func text(_ column: String) throws(Mismatch) -> String {
        guard case .text(let value) = try value(column) else { throw Mismatch(column: column) }
        return value
    }

    func bytes(_ column: String) throws(Mismatch) -> [UInt8] {
        guard case .bytes(let value) = try value(column) else { throw Mismatch(column: column) }
        return value
    }

    /// A truth stored as 0 or 1.
    func bool(_ column: String) throws(Mismatch) -> Bool {
        try integer(column) != 0
    }

    func optionalInteger(_ column: String) throws(Mismatch) -> Int64? {
        try isNull(column) ? nil : integer(column)
    }

    func optionalText(_ column: String) throws(Mismatch) -> String? {
        try isNull(column) ? nil : text(column)
    }

    func optionalBytes(_ column: String) throws(Mismatch) -> [UInt8]? {
        try isNull(column) ? nil : bytes(column)
    }

    private func isNull(_ column: String) throws(Mismatch) -> Bool {
        try value(column) == .null
    }

    private func value(_ column: String) throws(Mismatch) -> SQLValue {
        guard let index = indices[column] else { throw Mismatch(column: column) }
        return values[index]
    }
}
