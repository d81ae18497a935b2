/// A statement's arguments in the form libpq takes them: one block of memory, and where each value is in it.
///
/// Their types are left to PostgreSQL, which reads them off the statement; so the same statement takes a NULL or an
/// integer in one place, and 1 for a boolean. Bytes travel as they are, all else as text.
struct Arguments {
    private static let maximumCount = 65_535
    private static let maximumBytes = 1 << 30

    private var block: [UInt8] = []
    /// Where each value begins in the block; nil for NULL.
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var isBinary: [Int32] = []

    /// - Throws: `nulInText`, `argumentsTooLarge`.
    init(_ values: [PostgresValue]) throws(PostgresError) {
        guard values.count <= Self.maximumCount else { throw .argumentsTooLarge }
        for value in values {
            switch value {
            case .null: offsets.append(nil)
            case .integer(let integer): append("\(integer)".utf8)
            case .real(let real): append("\(real)".utf8)
            case .text(let text):
                guard !text.utf8.contains(0) else { throw .nulInText }
                append(text.utf8)
            case .bytes(let bytes):
                guard bytes.count <= Self.maximumBytes else { throw .argumentsTooLarge }
                append(bytes)
            }
            lengths.append(Int32(value.asBytes?.count ?? 0))
            isBinary.append(value.asBytes == nil ? 0 : 1)
        }
    }

    private mutating func append(_ bytes: some Sequence<UInt8>) {
        offsets.append(block.count)
        block.append(contentsOf: bytes)
        // Texts end with NUL to libpq, which looks at their lengths only where they are binary.
        block.append(0)
    }

    typealias Pointers = (
        count: Int32, values: UnsafePointer<UnsafePointer<CChar>?>?, lengths: UnsafePointer<Int32>?,
        formats: UnsafePointer<Int32>?
    )

    /// Lends the arrays libpq wants; they are gone when the body returns.
    func withPointers<Value>(_ body: (Pointers) -> Value) -> Value {
        block.withUnsafeBytes { block in
            let values = offsets.map { offset -> UnsafePointer<CChar>? in
                guard let offset, let start = block.baseAddress else { return nil }
                return (start + offset).assumingMemoryBound(to: CChar.self)
            }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    isBinary.withUnsafeBufferPointer { formats in
                        body((Int32(values.count), values.baseAddress, lengths.baseAddress, formats.baseAddress))
                    }
                }
            }
        }
    }
}
