import RouterOS
import Shared

/// A device logged in to the hotspot. Its limits are fixed at login, whatever happens to the user's row afterwards.
struct ActiveSession {
    let user: String
    /// The user's row; it may be gone by the time the session ends.
    let userID: UInt32
    let phone: Phone
    let server: String
    let loginBy: String
    let startedAt: Timestamp
    /// Online time this session may last; nil is any time.
    let timeLimit: Duration?
    let idleTimeout: Duration?
    let keepaliveTimeout: Duration?
    let cookieTimeout: Duration
    /// What is left of the user's byte limits, by the name of the limit.
    let byteLimits: [ByteLimit: UInt64]
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0
    var comment: Word?

    /// The ways bytes can be limited.
    enum ByteLimit: String, CaseIterable {
        case incoming = "limit-bytes-in"
        case outgoing = "limit-bytes-out"
        case total = "limit-bytes-total"

        func count(bytesIn: UInt64, bytesOut: UInt64) -> UInt64 {
            switch self {
            case .incoming: bytesIn
            case .outgoing: bytesOut
            case .total: bytesIn + bytesOut
            }
        }
    }

    var itemID: String { phone.toAddress.itemID }

    var hasUsedItsBytes: Bool {
        byteLimits.contains { $0.count(bytesIn: bytesIn, bytesOut: bytesOut) >= $1 }
    }
}
