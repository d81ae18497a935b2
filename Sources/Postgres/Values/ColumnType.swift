/// How a column's text becomes a value. The numbers are PostgreSQL's own for its built-in types (`pg_type.dat`); they
/// have never changed and other databases of its kind keep them.
enum ColumnType {
    case integer, boolean, real, bytes, text

    init(oid: UInt32) {
        switch oid {
        case 20, 21, 23, 26: self = .integer
        case 16: self = .boolean
        case 700, 701: self = .real
        case 17: self = .bytes
        default: self = .text
        }
    }

    /// What cannot be read as its type stays the text it is.
    func value(_ bytes: UnsafeBufferPointer<UInt8>) -> PostgresValue {
        switch self {
        case .integer: integer(bytes).map { .integer($0) } ?? text(bytes)
        case .boolean: .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        case .real: Double(String(decoding: bytes, as: UTF8.self)).map { .real($0) } ?? text(bytes)
        case .bytes: unhex(bytes).map { .bytes($0) } ?? text(bytes)
        case .text: text(bytes)
        }
    }

    private func text(_ bytes: UnsafeBufferPointer<UInt8>) -> PostgresValue {
        .text(String(decoding: bytes, as: UTF8.self))
    }

    private func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        Int64(String(decoding: bytes, as: UTF8.self))
    }

    /// `\x` and two digits for each byte.
    private func unhex(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard text.count >= 2, text.count.isMultiple(of: 2), text[0] == UInt8(ascii: "\\"),
            text[1] == UInt8(ascii: "x")
        else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2 - 1)
        for place in stride(from: 2, to: text.count, by: 2) {
            guard let high = digit(text[place]), let low = digit(text[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
