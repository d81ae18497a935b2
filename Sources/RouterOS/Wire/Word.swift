/// One word of a sentence: bytes, with or without a meaning as text.
///
/// RouterOS stores the bytes it is given. We write ASCII; what we read is UTF-8 or, from comments typed in WinBox on a
/// Western PC, Windows-1252 (reference `routeros.md` §1.9).
public struct Word: Hashable, Sendable {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The word as text: UTF-8 where it is valid, Windows-1252 where it is not. Never fails.
    public var text: String {
        String(validating: bytes, as: UTF8.self) ?? Windows1252.decode(bytes)
    }
}

extension Word: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        self.init(text)
    }
}

extension Word: CustomStringConvertible {
    public var description: String { text }
}
