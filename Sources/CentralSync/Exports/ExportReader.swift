import Foundation

/// Reads the rows of an SQL export, in constant memory. What stands around them is of no interest: the tables are there.
final class ExportReader {
    private static let pieceBytes = 1 << 20
    private static let chunkBytes = 65_536
    private static let newline = UInt8(ascii: "\n")
    private static let (start, end) = ("COPY ", " FROM stdin;")

    private let handle: FileHandle
    private var buffer: [UInt8] = []
    /// Of what was not handed out yet.
    private var position = 0
    private var isInTable = false

    init(path: String) throws {
        handle = try FileHandle(forReadingFrom: URL(filePath: path))
    }

    deinit {
        try? handle.close()
    }

    /// Goes on to the next table; nil after the last.
    func nextTable() throws -> (name: String, columns: [String])? {
        while isInTable { _ = try nextChunk() }
        while let line = try nextLine() {
            let text = String(decoding: line, as: UTF8.self)
            guard text.hasPrefix(Self.start), text.hasSuffix(Self.end) else { continue }
            let parts = text.dropFirst(Self.start.count).dropLast(Self.end.count).split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[1].hasPrefix("("), parts[1].hasSuffix(")") else { continue }
            isInTable = true
            let columns = parts[1].dropFirst().dropLast().split(separator: ",").map { $0.filter { $0 != " " } }
            return (String(parts[0]), columns)
        }
        return nil
    }

    /// Some more whole rows of this table; nil after the last.
    func nextChunk() throws -> [UInt8]? {
        guard isInTable else { return nil }
        var chunk: [UInt8] = []
        while chunk.count < Self.chunkBytes {
            guard let line = try nextLine() else { throw ImportError.damaged(ExportFolder.dataName) }
            if line.elementsEqual(#"\."#.utf8) {
                isInTable = false
                break
            }
            chunk += line
            chunk.append(Self.newline)
        }
        return chunk.isEmpty ? nil : chunk
    }

    /// Without what ends it.
    private func nextLine() throws -> ArraySlice<UInt8>? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: Self.newline) {
                defer { position = end + 1 }
                return buffer[position..<end]
            }
            searched = buffer.count - position
            buffer.removeFirst(position)
            position = 0
            guard let piece = try handle.read(upToCount: Self.pieceBytes), !piece.isEmpty else { return nil }
            buffer += piece
        }
    }
}
