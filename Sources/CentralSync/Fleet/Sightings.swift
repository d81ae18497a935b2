import Shared
import Synchronization

/// Which boxes were here a moment ago, and what they said of themselves: after a centre was away each of ten thousand asks
/// twice in the same second, and the second time is neither sent away nor written down again.
///
/// Of this centre and this run of it: what is forgotten is only written once more.
final class Sightings: Sendable {
    private struct Sighting {
        let words: Int
        let at: Timestamp
    }

    /// Shorter than a box waits for an answer, so that each wait is written down.
    private static let wordsLast = Duration.seconds(30)
    /// Longer than that: who was waiting all along is not sent away for those that come back.
    private static let freshness = Duration.seconds(90)
    /// Clocks are compared to this; how long a request travels is no news.
    private static let clockStep = Duration.seconds(10)

    private let sightings = Mutex<[SHA256Digest: Sighting]>([:])

    func isFresh(_ credential: SHA256Digest, at now: Timestamp) -> Bool {
        sighting(of: credential, within: Self.freshness, now) != nil
    }

    /// Whether all of a poll was written down a moment ago.
    func isKnown(_ poll: SyncPoll.Request, from credential: SHA256Digest, at now: Timestamp) -> Bool {
        poll.results.isEmpty
            && sighting(of: credential, within: Self.wordsLast, now)?.words == Self.words(of: poll, now)
    }

    /// What a poll says is written down.
    func note(_ poll: SyncPoll.Request, from credential: SHA256Digest, at now: Timestamp) {
        let sighting = Sighting(words: Self.words(of: poll, now), at: now)
        sightings.withLock { $0[credential] = sighting }
    }

    private func sighting(of credential: SHA256Digest, within limit: Duration, _ now: Timestamp) -> Sighting? {
        guard let sighting = sightings.withLock({ $0[credential] }) else { return nil }
        return (.zero...limit).contains(now - sighting.at) ? sighting : nil
    }

    private static func words(of poll: SyncPoll.Request, _ now: Timestamp) -> Int {
        var hasher = Hasher()
        hasher.combine(poll.appliedVersion)
        hasher.combine(poll.refusal)
        hasher.combine(poll.report)
        hasher.combine((poll.sentAt.milliseconds - now.milliseconds) / clockStep.wholeMilliseconds)
        return hasher.finalize()
    }
}
