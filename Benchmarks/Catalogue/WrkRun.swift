import Foundation
import TestSupport

/// What wrk measured of one server.
struct WrkRun: Sendable {
    static let connections = 64
    static let seconds = 5

    let requestsPerSecond: Double
    let medianMilliseconds: Double
    let p99Milliseconds: Double

    /// Asks for one address as fast as it is answered.
    ///
    /// - Throws: `RunningProgram.Failure` when wrk fails or an answer was not a success.
    init(_ path: String, of port: UInt16, headers: [String] = []) async throws {
        let wrk = try RunningProgram(
            URL(filePath: "/usr/bin/env"),
            [
                "wrk", "--latency", "-t", "\(min(2, Machine.cores))", "-c", "\(Self.connections)", "-d",
                "\(Self.seconds)s",
            ]
                + headers.flatMap { ["-H", $0] } + ["http://127.0.0.1:\(port)\(path)"]
        )
        try await wrk.line(containing: "Transfer/sec")
        let status = try await wrk.exitStatus()
        let lines = wrk.lines
        func value(_ name: String) throws -> Substring {
            guard let line = lines.first(where: { $0.contains(name) }), let word = line.split(separator: " ").last
            else {
                throw PlainHTTP.Failure(description: "wrk wrote no \(name): \(lines)")
            }
            return word
        }
        guard status == 0, !lines.contains(where: { $0.contains("Non-2xx") || $0.contains("Socket errors") }) else {
            throw PlainHTTP.Failure(description: lines.joined(separator: "\n"))
        }
        requestsPerSecond = Double(try value("Requests/sec:")) ?? .nan
        medianMilliseconds = Self.milliseconds(try value("50%"))
        p99Milliseconds = Self.milliseconds(try value("99%"))
    }

    /// `812.00us`, `1.25ms`, `1.02s`.
    private static func milliseconds(_ text: Substring) -> Double {
        let factors = [("us", 0.001), ("ms", 1), ("s", 1_000)]
        guard let (unit, factor) = factors.first(where: { text.hasSuffix($0.0) }) else { return .nan }
        return (Double(text.dropLast(unit.count)) ?? .nan) * factor
    }
}
