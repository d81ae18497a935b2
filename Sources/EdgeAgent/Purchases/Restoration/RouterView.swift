import RouterOS
import Shared

/// A router's users as they were once, for a restored box.
struct RouterView: Sendable {
    let isAway: Bool
    /// When the first sale after the backup was made whose user is there: since then the router has lost nothing. Nil where
    /// none is there. What the backup knows says nothing: this box puts it back itself where it is missing.
    private(set) var remembersSince: Timestamp?
    private let users: [String: HotspotUser]

    /// - Parameter sold: The fichas sold after the backup that should be there, by the comment of their user, and when they were sold.
    init(_ answer: RouterUsers, sold: [String: Timestamp]) {
        isAway = answer == .away
        guard case .listed(let listed) = answer else {
            users = [:]
            return
        }
        let ours = listed.filter { RouterComment($0.comment) != nil && FichaCode(digits: $0.name) != nil }
        // Of two of one purchase, the one that was used.
        users = Dictionary(ours.map { ($0.comment, $0) }) { $0.uptime >= $1.uptime ? $0 : $1 }
        remembersSince = users.keys.compactMap { sold[$0] }.min()
    }

    func user(of id: PurchaseID) -> HotspotUser? { users[id.text] }

    /// A sale of which the user is there, and which nobody knew of before.
    mutating func remember(_ soldAt: Timestamp) {
        remembersSince = min(remembersSince ?? soldAt, soldAt)
    }
}
