import Shared

/// Reads a batch as boxes write it. Its events are texts full of escaped quotes, with which a general reader of JSON is
/// slower than the database.
///
/// It takes only what it understands without doubt; all else, right or wrong, is for `JSONDecoder`, and what both read they
/// read alike (`PlainBatchTests`).
struct PlainBatch {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    /// Of the text that is read, where it has escapes.
    private var unescaped: [UInt8] = []
    private var epoch: Int64?
    private var incarnation: String?
    private var fromSeq: Int64?
    private var previousHash: SHA256Digest?
    private var sentAt: Timestamp?
    private var events: [String]?

    static func read(_ bytes: UnsafeRawBufferPointer) -> EventBatch? {
        var reader = PlainBatch(bytes)
        return reader.batch()
    }

    private init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private mutating func batch() -> EventBatch? {
        guard take("{") else { return nil }
        repeat {
            guard let name = text(), take(":"), member(name) else { return nil }
        } while take(",")
        guard take("}"), position == bytes.count, let epoch, let incarnation, let fromSeq, let previousHash, let sentAt,
            let events
        else { return nil }
        return EventBatch(
            epoch: epoch,
            incarnation: incarnation,
            fromSeq: fromSeq,
            previousHash: previousHash,
            sentAt: sentAt,
            events: events
        )
    }

    /// Each once, and no other.
    private mutating func member(_ name: String) -> Bool {
        switch name {
        case "epoch" where epoch == nil: epoch = integer()
        case "incarnation" where incarnation == nil: incarnation = text()
        case "from_seq" where fromSeq == nil: fromSeq = integer()
        case "previous_hash" where previousHash == nil: previousHash = text().flatMap(SHA256Digest.init(hexadecimal:))
        case "sent_at" where sentAt == nil: sentAt = text().flatMap(Timestamp.init(rfc3339:))
        case "events" where events == nil: events = texts()
        default: return false
        }
        return true
    }

    private mutating func texts() -> [String]? {
        guard take("[") else { return nil }
        if take("]") { return [] }
        var texts: [String] = []
        repeat {
            guard let text = text() else { return nil }
            texts.append(text)
        } while take(",")
        return take("]") ? texts : nil
    }

    // MARK: JSON

    /// Without spaces: boxes write none.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// At most 18 digits, which always fit.
    private mutating func integer() -> Int64? {
        let start = position
        var number: Int64 = 0
        while position < bytes.count, (0x30...0x39).contains(bytes[position]), position - start < 18 {
            number = number * 10 + Int64(bytes[position] - 0x30)
            position += 1
        }
        guard position > start, position - start == 1 || bytes[start] != 0x30 else { return nil }
        return number
    }

    private mutating func text() -> String? {
        guard take("\"") else { return nil }
        unescaped.removeAll(keepingCapacity: true)
        var start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                // As a slice it would be copied byte by byte.
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
                position += 1
                guard !unescaped.isEmpty else { return Self.sound(rest) }
                unescaped.append(contentsOf: rest)
                return unescaped.withUnsafeBytes(Self.sound)
            case UInt8(ascii: "\\"):
                unescaped.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
                guard position + 1 < bytes.count, let byte = Self.escaped(bytes[position + 1]) else { return nil }
                unescaped.append(byte)
                position += 2
                start = position
            case 0..<0x20: return nil
            default: position += 1
            }
        }
        return nil
    }

    /// The text, unless its bytes are not sound UTF-8. Nearly all are ASCII, which is looked at much faster.
    private static func sound(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return String(validating: bytes, as: UTF8.self) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What follows a backslash; nil for what takes more than one byte.
    private static func escaped(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0d
        default: nil
        }
    }
}
