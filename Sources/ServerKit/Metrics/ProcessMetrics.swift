import FoundationEssentials
import Glibc
public import Shared

/// What the process uses of the machine, under the names Prometheus' own clients give it. Reads `/proc/self`.
public struct ProcessMetrics: Sendable {
    private let startSeconds: Double
    private let pageBytes: Double

    /// - Parameter startedAt: The wall time of the program's start.
    public init(startedAt: Timestamp) {
        startSeconds = Double(startedAt.milliseconds) / 1_000
        pageBytes = Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// The samples at this moment; what cannot be read is left out.
    public func samples() -> [PrometheusSample] {
        var samples = [PrometheusSample("process_start_time_seconds", value: startSeconds)]
        if let pages = Self.residentPages() {
            samples.append(PrometheusSample("process_resident_memory_bytes", value: pages * pageBytes))
        }
        if let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            // One of them was the listing's own.
            samples.append(PrometheusSample("process_open_fds", value: Double(names.count - 1)))
        }
        return samples
    }

    private static func residentPages() -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Double(fields[1]) : nil
    }
}
