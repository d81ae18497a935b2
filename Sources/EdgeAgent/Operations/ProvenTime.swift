import Shared
import Synchronization

/// The time as far as it is proven: the last one known, and what has passed since on the clock that nobody sets.
///
/// It is never ahead of the real time, whatever the system's clock says, so nothing that was paid for ends too early on it.
/// It is behind by what the box was without power, until somebody outside confirms the system's clock
/// (reference `reliability.md` §3.4).
final class ProvenTime: Sendable {
    /// A clock that was confirmed once and leaps is not believed before this: somebody set it by hand, or its source was wrong.
    private static let longestDoubt = Duration.seconds(3_600)
    /// Clocks drift by less between two looks; more is a leap.
    private static let tolerance = Duration.seconds(60)

    private struct State {
        var mark: ClockMark
        var doubtSince: Duration?
        /// How far the time leapt when it was confirmed.
        var leap = Duration.zero
    }

    private let boot: SystemBoot
    private let state: Mutex<State>

    /// - Parameters:
    ///   - last: The last mark that was written down. In the same run of the machine the time goes on from it exactly.
    ///   - start: The time to begin with where there is no mark.
    init(last: ClockMark?, start: Timestamp, boot: SystemBoot) {
        self.boot = boot
        let mark =
            if let last, last.bootID == boot.id, last.uptime <= boot.uptime() {
                last
            } else {
                ClockMark(bootID: boot.id, uptime: boot.uptime(), time: last?.time ?? start, isSynced: false)
            }
        state = Mutex(State(mark: mark))
    }

    var now: Timestamp { mark.time }

    var isSynced: Bool { state.withLock { $0.mark.isSynced && $0.doubtSince == nil } }

    /// How far the time leapt when it was confirmed: what was taken on it before has to move along.
    var leap: Duration { state.withLock { $0.leap } }

    /// The present, to be written down.
    var mark: ClockMark {
        let uptime = boot.uptime()
        return state.withLock { state in
            let mark = state.mark
            return ClockMark(
                bootID: mark.bootID,
                uptime: uptime,
                time: mark.time + (uptime - mark.uptime),
                isSynced: mark.isSynced
            )
        }
    }

    /// Takes over the system's clock, which somebody outside confirmed.
    func confirm(_ system: Timestamp) {
        let present = mark
        state.withLock { state in
            let leap = system - present.time
            let isLeap = leap > Self.tolerance || leap < .zero - Self.tolerance
            if state.mark.isSynced, isLeap {
                let since = state.doubtSince ?? present.uptime
                state.doubtSince = since
                guard present.uptime - since >= Self.longestDoubt else { return }
            }
            if !state.mark.isSynced { state.leap = leap }
            state.doubtSince = nil
            state.mark = ClockMark(bootID: boot.id, uptime: present.uptime, time: system, isSynced: true)
        }
    }
}
