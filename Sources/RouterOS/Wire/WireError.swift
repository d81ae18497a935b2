/// Why bytes on the wire are not the RouterOS API, or are more of it than we accept. The connection cannot go on.
public enum WireError: Error, Hashable, Sendable {
    /// A length began with a byte of 0xF8 or more: a control byte, which RouterOS reserves and does not use.
    case reservedLength(firstByte: UInt8)
    /// A word is longer than the limit. Both in bytes.
    case wordTooLong(length: Int, limit: Int)
    /// A sentence holds more words than the limit.
    case tooManyWords(limit: Int)
    /// A sentence holds more bytes than the limit.
    case sentenceTooLong(limit: Int)
}
