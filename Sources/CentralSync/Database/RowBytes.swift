import Glibc

/// The texts and bytes of one row, side by side where SQLite reads them. Handed over one by one, each would be allocated,
/// copied and freed by SQLite.
struct RowBytes: ~Copyable {
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 1)
    private var used = 0

    deinit {
        memory.deallocate()
    }

    /// Forgets the row before. Nothing moves until this is called again.
    mutating func makeRoom(for row: [SQLValue]) {
        used = 0
        let needed = row.reduce(0) { $0 + $1.byteCount }
        guard needed > memory.count else { return }
        memory.deallocate()
        memory = .allocate(byteCount: needed * 2, alignment: 1)
    }

    /// - Returns: The copy; never a pointer to nothing, which SQLite would take for NULL.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let copy = UnsafeMutableRawBufferPointer(rebasing: memory[used..<(used + bytes.count)])
        copy.copyMemory(from: bytes)
        used += bytes.count
        return UnsafeRawBufferPointer(copy)
    }
}

extension SQLValue {
    fileprivate var byteCount: Int {
        switch self {
        case .integer, .null: 0
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}

extension UnsafeRawBufferPointer {
    var hasNUL: Bool {
        guard let baseAddress else { return false }
        return memchr(baseAddress, 0, count) != nil
    }
}

extension String {
    /// PostgreSQL takes none in a text.
    var hasNUL: Bool {
        var text = self
        return text.withUTF8 { UnsafeRawBufferPointer($0).hasNUL }
    }
}
