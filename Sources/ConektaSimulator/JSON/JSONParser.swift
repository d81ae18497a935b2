import Shared

/// Reads JSON (RFC 8259) strictly.
///
/// `JSONDecoder` has to try every type for a value whose type is not known, and each miss is an error thrown: twenty times
/// the cost of this, which the box's simulations would pay millions of times.
struct JSONParser {
    /// The bytes are not JSON, or are nested too deeply.
    struct Failure: Error {}

    private static let deepestNesting = 100

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The one value the bytes are.
    mutating func document() throws(Failure) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw Failure() }
        return value
    }

    private mutating func value() throws(Failure) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(Failure) -> JSONValue {
        try enter()
        var members: [String: JSONValue] = [:]
        skipSpace()
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                let name = try string()
                skipSpace()
                guard take(UInt8(ascii: ":")) else { throw Failure() }
                members[name] = try value()
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw Failure() }
        }
        depth -= 1
        return .object(members)
    }

    private mutating func array() throws(Failure) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        skipSpace()
        if !take(UInt8(ascii: "]")) {
            repeat {
                elements.append(try value())
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw Failure() }
        }
        depth -= 1
        return .array(elements)
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
        for offset in 0..<text.utf8CodeUnitCount {
            guard take(text.utf8Start[offset]) else { throw Failure() }
        }
        return value
    }

    // MARK: Strings

    private mutating func string() throws(Failure) -> String {
        guard take(UInt8(ascii: "\"")) else { throw Failure() }
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw Failure() }
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw Failure()
            default: text.append(byte)
            }
        }
        throw Failure()
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        guard let byte = next else { throw Failure() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw Failure()
        }
    }

    /// Four hexadecimal digits, or eight in two escapes for what is beyond the first 65 536 characters.
    private mutating func unicodeEscape() throws(Failure) -> [UInt8] {
        var units = [try hexadecimalUnit()]
        if UTF16.isLeadSurrogate(units[0]) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw Failure() }
            units.append(try hexadecimalUnit())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw Failure() }
        return Array(text.utf8)
    }

    private mutating func hexadecimalUnit() throws(Failure) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Failure() }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    // MARK: Numbers

    private mutating func number() throws(Failure) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        let endOfInteger = position
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if position == endOfInteger, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw Failure() }
        return .number(number)
    }

    private mutating func digits() throws(Failure) {
        let start = position
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        guard position > start else { throw Failure() }
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private mutating func enter() throws(Failure) {
        guard depth < Self.deepestNesting else { throw Failure() }
        depth += 1
        position += 1
    }
}
