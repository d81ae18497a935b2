import Shared
import Synchronization

/// Which purchases have a driver in this process: none ever gets a second one.
///
/// The API answers while the purchases of the last life are still being read from the disk, so a purchase that begins
/// just then is found there too.
final class PurchaseClaims: Sendable {
    private let claimed = Mutex<Set<PurchaseID>>([])

    /// - Returns: False when it has a driver already.
    func claim(_ id: PurchaseID) -> Bool {
        claimed.withLock { $0.insert(id).inserted }
    }

    func release(_ id: PurchaseID) {
        claimed.withLock { _ = $0.remove(id) }
    }
}
