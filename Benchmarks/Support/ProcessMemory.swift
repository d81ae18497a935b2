import Foundation

/// What the kernel says a process holds in memory now, and at most so far.
struct ProcessMemory: Sendable {
    struct Unreadable: Error {}

    let residentMB: Double
    let peakMB: Double

    /// - Throws: When there is no such process.
    init(of process: Int32) throws {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        func megabytes(_ name: String) throws -> Double {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            guard let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
            else { throw Unreadable() }
            return kilobytes / 1_024
        }
        residentMB = try megabytes("VmRSS")
        peakMB = try megabytes("VmHWM")
    }
}
