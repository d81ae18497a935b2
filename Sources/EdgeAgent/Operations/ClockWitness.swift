import FoundationEssentials
import Shared
import Synchronization

/// Whether somebody outside confirms the system's clock: `systemd-timesyncd` has, or the centre's clock agrees with it.
///
/// The centre stands in where something else keeps the time (chrony) or where NTP does not get through; a box that neither
/// reaches runs on unconfirmed time, which costs nobody anything.
final class ClockWitness: Sendable {
    /// Made by timesyncd when it has set the clock in this run of the machine.
    static let timesyncdFile = "/run/systemd/timesync/synchronized"
    /// As far as two clocks that are right are apart, with the way between them.
    private static let tolerance = Duration.seconds(30)
    /// A clock drifts by seconds a day; so long an agreement holds.
    private static let lifetime = Duration.seconds(3_600)

    private let isSetByNTP: @Sendable () -> Bool
    private let uptime: @Sendable () -> Duration
    /// The system's clock less the uptime, when the centre agreed with it.
    private let agreement = Mutex<(offset: Timestamp, at: Duration)?>(nil)

    init(
        isSetByNTP: @escaping @Sendable () -> Bool = { FileManager.default.fileExists(atPath: timesyncdFile) },
        uptime: @escaping @Sendable () -> Duration = SystemBoot.system.uptime
    ) {
        self.isSetByNTP = isSetByNTP
        self.uptime = uptime
    }

    /// The centre said what time it is.
    func hear(_ time: Timestamp, system: Timestamp) {
        let uptime = uptime()
        let difference = time - system
        guard difference <= Self.tolerance, difference >= .zero - Self.tolerance else { return }
        agreement.withLock { $0 = (system - uptime, uptime) }
    }

    func confirms(_ system: Timestamp) -> Bool {
        if isSetByNTP() { return true }
        let uptime = uptime()
        return agreement.withLock { agreement in
            guard let agreement, uptime - agreement.at <= Self.lifetime else { return false }
            // Set to something else since?
            let drift = (system - uptime) - agreement.offset
            return drift <= Self.tolerance && drift >= .zero - Self.tolerance
        }
    }
}
