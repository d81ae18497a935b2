/// A device's hardware address, six bytes.
///
/// Reads the separators RouterOS accepts (`:`, `-`, `.` or none) in either case, and writes the form RouterOS answers
/// with: upper case with colons (reference `routeros.md` §2.11).
public struct MACAddress: Hashable, Sendable {
    private let bits: UInt64

    /// Nil unless the text is twelve hexadecimal digits with at most the usual separators between them.
    public init?(_ text: String) {
        guard text.utf8.count <= 17 else { return nil }
        var bits: UInt64 = 0
        var digits = 0
        for character in text {
            if let digit = character.hexDigitValue, character.isASCII {
                bits = bits << 4 | UInt64(digit)
                digits += 1
            } else if character != ":" && character != "-" && character != "." {
                return nil
            }
        }
        guard digits == 12 else { return nil }
        self.bits = bits
    }
}

extension MACAddress: CustomStringConvertible {
    public var description: String {
        (0..<6).map { index in
            let byte = UInt8(truncatingIfNeeded: bits >> UInt64((5 - index) * 8))
            let text = String(byte, radix: 16, uppercase: true)
            return text.count == 1 ? "0" + text : text
        }.joined(separator: ":")
    }
}

extension MACAddress: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = MACAddress(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a MAC address")
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
