public import NIOCore

/// The length that stands before each word: one to five bytes, big endian, the form told by the leading bits.
///
/// | length | bytes | form |
/// |---|---|---|
/// | below 0x80 | 1 | the length |
/// | below 0x4000 | 2 | length or 0x8000 |
/// | below 0x200000 | 3 | length or 0xC00000 |
/// | below 0x10000000 | 4 | length or 0xE0000000 |
/// | the rest | 5 | 0xF0, then four bytes |
///
/// Source: reference `routeros.md` §1.1 (MikroTik's API documentation, bytes checked with three other libraries).
public enum WordLength {
    /// Writes a length in its shortest form.
    public static func write(_ length: Int, into buffer: inout ByteBuffer) {
        precondition(length >= 0 && length <= Int(UInt32.max), "a word's length must fit four bytes")
        let value = UInt32(length)
        switch value {
        case ..<0x80: buffer.writeInteger(UInt8(value))
        case ..<0x4000: buffer.writeInteger(UInt16(value) | 0x8000)
        case ..<0x20_0000:
            buffer.writeInteger(UInt8(value >> 16) | 0xC0)
            buffer.writeInteger(UInt16(truncatingIfNeeded: value))
        case ..<0x1000_0000: buffer.writeInteger(value | 0xE000_0000)
        default:
            buffer.writeInteger(UInt8(0xF0))
            buffer.writeInteger(value)
        }
    }

    /// Reads a length in any of its five forms, or nil while bytes are missing; the reader index moves only on success.
    ///
    /// A longer form than needed is accepted, as RouterOS does.
    public static func read(from buffer: inout ByteBuffer) throws(WireError) -> Int? {
        guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return nil }
        switch first {
        case ..<0x80:
            buffer.moveReaderIndex(forwardBy: 1)
            return Int(first)
        case ..<0xC0:
            return buffer.readInteger(as: UInt16.self).map { Int($0 & 0x3FFF) }
        case ..<0xE0:
            return buffer.readMultipleIntegers(as: (UInt8, UInt16).self).map { Int($0.0 & 0x1F) << 16 | Int($0.1) }
        case ..<0xF0:
            return buffer.readInteger(as: UInt32.self).map { Int($0 & 0x0FFF_FFFF) }
        case ..<0xF8:
            return buffer.readMultipleIntegers(as: (UInt8, UInt32).self).map { Int($0.1) }
        default:
            throw .reservedLength(firstByte: first)
        }
    }
}
