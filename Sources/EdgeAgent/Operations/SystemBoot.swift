import FoundationEssentials
import Glibc

/// The run of the machine, and how long it has lasted: the clock that nobody sets.
struct SystemBoot: Sendable {
    /// Another one after each start of the machine.
    let id: String
    let uptime: @Sendable () -> Duration

    static let system = SystemBoot(id: readID()) {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Without one, each start of the program counts as a start of the machine.
    private static func readID() -> String {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        return text.map { String($0.prefix(36)) } ?? UUID().uuidString
    }
}
