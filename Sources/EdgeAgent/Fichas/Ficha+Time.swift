import Purchasing
import Shared

// What is left of a ficha.
extension Ficha {
    /// The router's counters say this now. Counts what is new in them, and nothing twice.
    ///
    /// A power cut takes the session that ran out of them; what it used since it was last seen is then given away.
    mutating func observe(_ now: RouterCounters, at moment: FichaMoment) {
        if now.ended > seen.ended {
            // The session that was seen running is in it now, and others may be.
            usedTime += max(.zero, now.ended - seen.ended - seen.session) + now.session
            usedBytes += max(0, now.endedBytes - seen.endedBytes - seen.sessionBytes) + now.sessionBytes
        } else if now.ended < seen.ended || beganSince(now.session, at: moment) {
            usedTime += now.session
            usedBytes += now.sessionBytes
        } else {
            usedTime += max(.zero, now.session - seen.session)
            usedBytes += max(0, now.sessionBytes - seen.sessionBytes)
        }
        seen = now
        seenAt = moment.time
    }

    /// Whether a session of that length began after the counters were last seen.
    private func beganSince(_ session: Duration, at moment: FichaMoment) -> Bool {
        seenAt.map { session < moment.time - $0 } ?? true
    }

    /// The user was made anew on the router, with counters at zero.
    mutating func forgetCounters() {
        seen = .none
        seenAt = nil
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
        seenAt = seenAt.map { $0 + leap }
        isTimeSynced = true
    }
}
