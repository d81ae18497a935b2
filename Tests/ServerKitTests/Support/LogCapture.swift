import Foundation
import Glibc
import Logging
import Shared

@testable import ServerKit

/// A logger whose lines go through our own handler into a pipe, and can be read back.
final class LogCapture: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32
    private let hasPriority: Bool

    init(hasPriority: Bool = false) {
        var ends: [Int32] = [0, 0]
        precondition(pipe(&ends) == 0)
        precondition(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
        readEnd = ends[0]
        writeEnd = ends[1]
        self.hasPriority = hasPriority
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    var logger: Logger {
        let handler = JSONLogHandler(
            label: "test",
            output: LogOutput(fileDescriptor: writeEnd),
            clock: WallClock { Timestamp(seconds: 1_000_000_000) },
            hasPriority: hasPriority
        )
        return Logger(label: "test") { _ in handler }
    }

    /// What has been written since the last call.
    func text() -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(readEnd, &chunk, chunk.count), count > 0 {
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same, parsed: each line must be a JSON object of strings.
    func records() throws -> [[String: String]] {
        try text().split(separator: "\n").map { line in
            try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        }
    }
}
