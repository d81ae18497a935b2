import Shared
import Synchronization

@testable import EdgeAgent

/// What the box told its buyers, kept outside of it.
final class Acknowledgements: Sendable {
    struct Taken: Hashable, Sendable {
        let id: PurchaseID
        /// What the buyer was going to pay; nil for who tapped again and may have seen another price the first time.
        let priceCents: Int64?
    }

    private let state = Mutex<(taken: [String: Taken], delivered: [PurchaseID: FichaCode])>(([:], [:]))

    /// The box took a buyer's request up.
    func add(_ id: PurchaseID, of intent: PurchaseIntent, isNew: Bool) {
        let taken = Taken(id: id, priceCents: isNew ? intent.product.priceCents : nil)
        state.withLock { $0.taken[intent.cardToken.reveal()] = taken }
    }

    /// The box showed a buyer their ficha.
    func addDelivered(_ id: PurchaseID, code: FichaCode) {
        state.withLock { $0.delivered[id] = code }
    }

    /// Nil while the buyer has no answer.
    func taken(_ intent: PurchaseIntent) -> Taken? {
        state.withLock { $0.taken[intent.cardToken.reveal()] }
    }

    var delivered: [PurchaseID: FichaCode] { state.withLock { $0.delivered } }
}
