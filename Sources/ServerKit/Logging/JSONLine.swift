/// Builds one JSON object on one line, whatever the texts in it hold.
///
/// Texts are capped, and characters that end a line, steer a terminal or turn the direction of writing are escaped
/// (OWASP ASVS 16.4.1, reference `reliability.md` §6.1).
struct JSONLine {
    private static let ellipsis = "…"

    private var bytes: [UInt8]
    private var isEmpty = true
    private let start: Int
    private let maximumBytes: Int

    /// - Parameters:
    ///   - prefix: Goes before the object, as it is.
    ///   - maximumBytes: A member that would make the object longer than this is left out.
    init(prefix: String, maximumBytes: Int) {
        bytes = Array(prefix.utf8)
        bytes.reserveCapacity(512)
        start = bytes.count
        bytes.append(UInt8(ascii: "{"))
        self.maximumBytes = maximumBytes
    }

    /// Adds a member. False when there is no room for it.
    @discardableResult
    mutating func add(_ name: String, _ value: String, maximumValueBytes: Int) -> Bool {
        let before = bytes.count
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        append(name, maximumBytes: 64)
        bytes.append(UInt8(ascii: ":"))
        append(value, maximumBytes: maximumValueBytes)
        guard bytes.count - start <= maximumBytes else {
            bytes.removeLast(bytes.count - before)
            return false
        }
        isEmpty = false
        return true
    }

    consuming func finish() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// A JSON string whose content takes at most `maximumBytes`, an ellipsis apart.
    private mutating func append(_ text: String, maximumBytes: Int) {
        bytes.append(UInt8(ascii: "\""))
        let limit = bytes.count + maximumBytes
        for scalar in text.unicodeScalars {
            let before = bytes.count
            append(scalar)
            if bytes.count > limit {
                bytes.removeLast(bytes.count - before)
                bytes.append(contentsOf: Self.ellipsis.utf8)
                break
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x22, 0x5C:
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(UInt8(scalar.value))
        case 0x0A:
            bytes.append(contentsOf: "\\n".utf8)
        case 0x09:
            bytes.append(contentsOf: "\\t".utf8)
        case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
            let digits = String(scalar.value, radix: 16)
            bytes.append(contentsOf: "\\u".utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
            bytes.append(contentsOf: digits.utf8)
        default:
            bytes.append(contentsOf: scalar.utf8)
        }
    }
}
