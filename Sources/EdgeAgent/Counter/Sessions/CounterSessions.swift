import ServerKit
import Shared
import Synchronization

/// Who is signed in at the counter, in memory: a restart asks everybody for their PIN again and loses nothing else.
///
/// Kept by the digest of what the cookie holds. Whether somebody may still sell is asked of the document in force at
/// every request, so that one who was disabled, or whose PIN was changed, is out at once.
final class CounterSessions: Sendable {
    /// Not used for so long, it ends.
    static let idleLimit = Duration.seconds(30 * 60)
    /// It ends after this in any case: a working day.
    static let lifetime = Duration.seconds(12 * 3_600)
    /// More than a shop has counters. The one that was not used for the longest time makes room.
    private static let capacity = 64

    private struct Entry {
        let cashierID: String
        let pinHash: PasswordHash
        let formKey: String
        var outlet: String?
        let openedAt: Duration
        var usedAt: Duration
    }

    private let now: @Sendable () -> Duration
    private let entries = Mutex<[SHA256Digest: Entry]>([:])

    /// - Parameter now: Monotonic time.
    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        self.now = now
    }

    /// Begins a session.
    ///
    /// - Returns: What the cookie holds.
    func open(for cashier: SiteSnapshot.Cashier) -> Secret<String> {
        let (token, time) = (Self.random(), now())
        let entry = Entry(
            cashierID: cashier.id,
            pinHash: cashier.pinHash,
            formKey: Self.random(),
            openedAt: time,
            usedAt: time
        )
        entries.withLock { entries in
            if entries.count >= Self.capacity, let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt }) {
                entries[oldest.key] = nil
            }
            entries[SHA256Digest(of: token)] = entry
        }
        return Secret(token)
    }

    /// The session of a cookie, if it has not ended and its cashier may still sell as they signed in.
    func session(_ token: String, in site: SiteSnapshot) -> CounterSession? {
        let (key, time) = (SHA256Digest(of: token), now())
        return entries.withLock { entries in
            guard let entry = entries[key] else { return nil }
            guard time - entry.usedAt < Self.idleLimit, time - entry.openedAt < Self.lifetime,
                let cashier = site.cashier(entry.cashierID), cashier.pinHash == entry.pinHash
            else {
                entries[key] = nil
                return nil
            }
            entries[key]?.usedAt = time
            return CounterSession(cashier: cashier, formKey: entry.formKey, outlet: entry.outlet)
        }
    }

    /// From now on slips of this session come out there.
    func choose(_ outlet: String, in token: String) {
        let key = SHA256Digest(of: token)
        entries.withLock { $0[key]?.outlet = outlet }
    }

    func close(_ token: String) {
        let key = SHA256Digest(of: token)
        entries.withLock { $0[key] = nil }
    }

    /// 256 bits from the system's generator.
    private static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}
