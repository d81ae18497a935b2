import Conekta
import Purchasing
import Shared
import Synchronization

/// The empresa's account at Conekta, as the keys in force open it.
///
/// A purchase stays with the keys it began with as long as the box runs: its order is in that account, and with the keys
/// of another one it could neither be read nor refunded.
final class ConektaAccounts: Sendable {
    /// So many purchases are remembered: all that can be under way, and those whose late charges are waited for.
    private static let capacity = 2_000

    private struct State {
        var keys: SiteSnapshot.ConektaKeys?
        var current: ConektaClient?
        var clients: [PurchaseID: ConektaClient] = [:]
        var begun: [PurchaseID] = []
    }

    private let state = Mutex(State())
    private let makeClient: @Sendable (SiteSnapshot.ConektaKeys) -> ConektaClient

    init(makeClient: @escaping @Sendable (SiteSnapshot.ConektaKeys) -> ConektaClient) {
        self.makeClient = makeClient
    }

    /// Purchases that begin from now on use these keys; nil takes no cards.
    func replaceKeys(with keys: SiteSnapshot.ConektaKeys?) {
        state.withLock { state in
            guard keys != state.keys else { return }
            state.keys = keys
            state.current = keys.map(makeClient)
        }
    }

    /// The client for what belongs to no purchase under way; nil while there are no keys.
    var current: ConektaClient? { state.withLock { $0.current } }

    /// The client for a purchase that begins.
    func begin(_ id: PurchaseID) -> ConektaClient? {
        state.withLock { state in
            guard let client = state.current else { return nil }
            state.clients[id] = client
            state.begun.append(id)
            if state.begun.count > Self.capacity { state.clients[state.begun.removeFirst()] = nil }
            return client
        }
    }

    /// The client for a purchase under way.
    func client(of id: PurchaseID) -> ConektaClient? {
        state.withLock { $0.clients[id] ?? $0.current }
    }
}
