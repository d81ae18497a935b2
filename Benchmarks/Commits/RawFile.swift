import Foundation
import Glibc

/// A file that is written like a write-ahead log, and by nothing but the system's calls: it grows to 4 MiB, then begins
/// again.
final class RawFile {
    struct Failure: Error {
        let errno: Int32
    }

    private static let size = 4 << 20

    private let descriptor: Int32
    private var position = 0
    private let bytes = [UInt8](repeating: 0xA5, count: RawFile.size)

    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Writes so many bytes and waits until the disk has them.
    ///
    /// - Returns: How long both took.
    func writeDurably(_ count: Int) throws -> Duration {
        let count = min(count, Self.size)
        if position + count > Self.size { position = 0 }
        let start = ContinuousClock.now
        guard pwrite(descriptor, bytes, count, off_t(position)) == count, fdatasync(descriptor) == 0 else {
            throw Failure(errno: errno)
        }
        position += count
        return ContinuousClock.now - start
    }

    /// What this process has written so far, to whatever.
    static func bytesWrittenByThisProcess() throws -> Int {
        let account = try String(contentsOfFile: "/proc/self/io", encoding: .utf8)
        guard let line = account.split(separator: "\n").first(where: { $0.hasPrefix("wchar: ") }),
            let count = Int(line.dropFirst("wchar: ".count))
        else { throw CocoaError(.fileReadCorruptFile) }
        return count
    }
}
