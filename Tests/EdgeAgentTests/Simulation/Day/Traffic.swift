import Shared
import Synchronization

/// What the box sent over its line, and when.
final class Traffic: Sendable {
    enum Kind: Hashable, Sendable, CaseIterable {
        /// The box looks whether Conekta answers.
        case look
        /// For a purchase.
        case payment
        case poll
        case events
    }

    private let sent = Mutex<[Kind: [Timestamp]]>([:])

    func note(_ kind: Kind, at time: Timestamp) {
        sent.withLock { $0[kind, default: []].append(time) }
    }

    func count(_ kind: Kind) -> Int { sent.withLock { $0[kind]?.count ?? 0 } }

    /// The most of a kind in any hour.
    func mostInAnHour(_ kind: Kind) -> Int {
        let times = sent.withLock { $0[kind] ?? [] }
        var (first, most) = (0, 0)
        for (index, time) in times.enumerated() {
            while time - times[first] > .seconds(3_600) { first += 1 }
            most = max(most, index - first + 1)
        }
        return most
    }
}
