import Foundation
import GRDB

extension SQLiteSession: CopySession {
    private static let chunkBytes = 65_536
    private static let (tab, newline) = (UInt8(ascii: "\t"), UInt8(ascii: "\n"))

    func columns(of table: String) throws -> [CopyQuery.Column] {
        try query("SELECT name, type FROM pragma_table_info($1) ORDER BY cid", [.text(table)]).map { row in
            let kind: CopyQuery.Kind =
                switch try row.text("type") {
                case "INTEGER": .integer
                case "BLOB": .bytes
                default: .text
                }
            return CopyQuery.Column(name: try row.text("name"), kind: kind)
        }
    }

    /// SQLite itself writes each row as one text: column by column through our hands it would take several times as long.
    func copyOut(_ query: CopyQuery, onChunk: ([UInt8]) throws -> Void) throws -> Int {
        let separator = query.format == .csv ? " || ',' || " : " || char(9) || "
        let line = query.columns.map { Self.expression($0, query.format) }.joined(separator: separator)
        let statement = try database.makeStatement(
            sql: "SELECT \(line) || char(10) FROM \(query.table) WHERE \(query.condition)"
        )
        let rows = try Row.fetchCursor(statement)
        var (chunk, count): ([UInt8], Int) = ([], 0)
        while let row = try rows.next() {
            try row.withUnsafeData(atIndex: 0) { chunk.append(contentsOf: $0 ?? Data()) }
            count += 1
            guard chunk.count >= Self.chunkBytes else { continue }
            try onChunk(chunk)
            chunk.removeAll(keepingCapacity: true)
        }
        if !chunk.isEmpty { try onChunk(chunk) }
        return count
    }

    private static func expression(_ column: CopyQuery.Column, _ format: CopyQuery.Format) -> String {
        let name = column.name
        let text: String =
            switch (column.kind, format) {
            case (.text, .csv): #"'"' || replace(\#(name), '"', '""') || '"'"#
            case (.text, .text):
                #"replace(replace(replace(replace(\#(name), '\', '\\'), char(9), '\t'), char(10), '\n'), char(13), '\r')"#
            case (.integer, _): name
            case (.boolean, _): "CASE WHEN \(name) IS NULL THEN NULL WHEN \(name) = 1 THEN 't' ELSE 'f' END"
            case (.time, _):
                "rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', \(name) / 1000.0, 'unixepoch'), '0'), '.') || '+00'"
            // `hex` of NULL is empty, not NULL.
            case (.bytes, .csv): #"CASE WHEN \#(name) IS NOT NULL THEN '\x' || lower(hex(\#(name))) END"#
            case (.bytes, .text): #"CASE WHEN \#(name) IS NOT NULL THEN '\\x' || lower(hex(\#(name))) END"#
            }
        return "COALESCE(\(text), '\(format == .csv ? "" : #"\N"#)')"
    }

    // MARK: In

    func copyIn(_ table: String, columns: [String], nextChunk: () throws -> [UInt8]?) throws -> Int {
        let kinds = Dictionary(uniqueKeysWithValues: try self.columns(of: table).map { ($0.name, $0.kind) })
        let order = try columns.map { name in
            guard let kind = kinds[name] else { throw CopyError.malformed(table: table) }
            return kind
        }
        var count = 0
        while let chunk = try nextChunk() {
            let rows = try chunk.split(separator: Self.newline).map { line in
                guard let row = Self.row(line, order) else { throw CopyError.malformed(table: table) }
                return row
            }
            _ = try insert(into: table, columns: columns, rows: rows)
            count += rows.count
        }
        return count
    }

    private static func row(_ line: ArraySlice<UInt8>, _ kinds: [CopyQuery.Kind]) -> [SQLValue]? {
        let fields = line.split(separator: tab, omittingEmptySubsequences: false)
        guard fields.count == kinds.count else { return nil }
        var values: [SQLValue] = []
        for (field, kind) in zip(fields, kinds) {
            guard let value = value(field, kind) else { return nil }
            values.append(value)
        }
        return values
    }

    private static func value(_ field: ArraySlice<UInt8>, _ kind: CopyQuery.Kind) -> SQLValue? {
        if field.elementsEqual(#"\N"#.utf8) { return .null }
        switch kind {
        case .integer: return Int64(String(decoding: field, as: UTF8.self)).map(SQLValue.integer)
        case .bytes: return unescaped(field).flatMap(bytes).map(SQLValue.bytes)
        default:
            return unescaped(field).flatMap { String(validating: $0, as: UTF8.self) }.map(SQLValue.text)
        }
    }

    private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8]? {
        guard field.contains(UInt8(ascii: "\\")) else { return Array(field) }
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let name = rest.popFirst() else { return nil }
            switch name {
            case UInt8(ascii: "b"): bytes.append(8)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "v"): bytes.append(11)
            case UInt8(ascii: "f"): bytes.append(12)
            case UInt8(ascii: "r"): bytes.append(13)
            default: bytes.append(name)
            }
        }
        return bytes
    }

    /// `\x` and two digits for each byte.
    private static func bytes(_ text: [UInt8]) -> [UInt8]? {
        guard text.starts(with: #"\x"#.utf8), text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        for place in stride(from: 2, to: text.count, by: 2) {
            guard let high = Character(Unicode.Scalar(text[place])).hexDigitValue,
                let low = Character(Unicode.Scalar(text[place + 1])).hexDigitValue
            else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
