/// The fields of an `application/x-www-form-urlencoded` body: flat names, each once.
struct FormFields {
    /// Why bytes are not such a form. Where is not said: it would repeat what the client sent.
    struct ParseError: Error {}

    private var values: [String: String] = [:]

    init(_ bytes: some Collection<UInt8>) throws(ParseError) {
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let name = try Self.decoded(pair[..<equals])
            let value = try Self.decoded(pair[equals...].dropFirst())
            guard values.updateValue(value, forKey: name) == nil else { throw ParseError() }
        }
    }

    subscript(name: String) -> String? { values[name] }

    var names: some Sequence<String> { values.keys }

    /// Undoes `+` and `%XX`; what is left must be UTF-8.
    private static func decoded(_ text: some Collection<UInt8>) throws(ParseError) -> String {
        var bytes: [UInt8] = []
        var rest = text.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit) else {
                    throw ParseError()
                }
                bytes.append(high << 4 | low)
            default:
                bytes.append(byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ParseError() }
        return text
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
