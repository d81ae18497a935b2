import Glibc
import Synchronization

/// A file descriptor that log lines go to, each whole and by one `write(2)`.
public final class LogOutput: Sendable {
    /// Where systemd reads a service's log, if it runs under systemd.
    public static let standardOutput = LogOutput(fileDescriptor: STDOUT_FILENO)

    private let fileDescriptor: Int32
    private let lock = Mutex(())

    /// The descriptor stays the caller's to close.
    public init(fileDescriptor: Int32) {
        self.fileDescriptor = fileDescriptor
    }

    /// Writes a line that ends in a line feed. A log that cannot be written is lost: there is nowhere to say so.
    func write(_ line: [UInt8]) {
        lock.withLock { _ in
            var rest = line[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(fileDescriptor, $0.baseAddress, $0.count) }
                if written > 0 {
                    rest = rest.dropFirst(written)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}
