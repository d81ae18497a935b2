import Purchasing
import Shared

// What is left of a ficha.
extension Ficha {
    /// What the router's counters say now: of the user, and of the session that is not in them yet.
    ///
    /// Counters that went back started anew, or lost what a power cut took: what they say is then only remembered, so
    /// that nothing is counted twice. That may give away what passed since they were last seen.
    mutating func observe(uptime: Duration, bytes: Int64) {
        if uptime > seenUptime { usedTime += uptime - seenUptime }
        if bytes > seenBytes { usedBytes += bytes - seenBytes }
        seenUptime = uptime
        seenBytes = bytes
    }

    /// The user was made anew on the router, with counters at zero.
    mutating func forgetCounters() {
        seenUptime = .zero
        seenBytes = 0
    }

    /// Time left; all of it before the first use.
    func timeLeft(at moment: FichaMoment) -> Duration {
        let left =
            switch product.clock {
            case .corrido: expiresAt.map { $0 - moment.time } ?? totalTime
            case .pausado: totalTime - usedTime
            }
        return max(.zero, min(left, totalTime))
    }

    /// Bytes left; nil without a limit.
    var bytesLeft: Int64? { product.dataLimitBytes.map { max(0, $0 - usedBytes) } }

    /// Whether it has ended, by what has passed for certain.
    func isOver(at moment: FichaMoment) -> Bool {
        switch state {
        case .active: timeLeft(at: moment) == .zero || bytesLeft == 0
        case .minted: sellBy.map { moment.time >= $0 } ?? false
        default: false
        }
    }

    /// The clock was put right: what was taken on it before is moved along. The time that ran stays the same.
    mutating func clockWasSynced(leap: Duration) {
        guard isTimeSynced == false else { return }
        firstUsedAt = firstUsedAt.map { $0 + leap }
        expiresAt = expiresAt.map { $0 + leap }
        isTimeSynced = true
    }
}
