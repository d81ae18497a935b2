import Purchasing
import Shared
import Synchronization

/// Where the purchases under way stand, for those who wait for one. In memory: the store is the truth.
final class PurchaseBoard: Sendable {
    /// Ended purchases stay for a while, for what the store does not hold: whether the phone was connected.
    private static let rememberedEnds = 1_000

    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var progress: [PurchaseID: PurchaseProgress] = [:]
        var waiters: [PurchaseID: [Waiter]] = [:]
        /// Drivers that would go on at once if somebody looked.
        var drivers: [PurchaseID: CheckedContinuation<Void, Never>] = [:]
        var ended: [PurchaseID] = []
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    /// Makes a purchase visible to those who wait for it. Call it only with what is committed.
    func publish(_ progress: PurchaseProgress) {
        let woken = state.withLock { state -> [Waiter] in
            state.progress[progress.purchase.id] = progress
            guard progress.isAnswerable else { return [] }
            return state.waiters.removeValue(forKey: progress.purchase.id) ?? []
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// Nobody drives the purchase any more: whoever still waits has to look at the store.
    func end(_ id: PurchaseID) {
        let woken = state.withLock { state -> [Waiter] in
            state.ended.append(id)
            if state.ended.count > Self.rememberedEnds {
                state.progress.removeValue(forKey: state.ended.removeFirst())
            }
            return state.waiters.removeValue(forKey: id) ?? []
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// The progress of a purchase that is under way, or ended not long ago.
    func progress(of id: PurchaseID) -> PurchaseProgress? {
        state.withLock { $0.progress[id] }
    }

    /// Suspends the driver of a purchase until somebody looks at it (``visit(_:)``), or the task is cancelled.
    func waitForVisitor(_ id: PurchaseID) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    guard !Task.isCancelled else { return true }
                    state.drivers[id] = continuation
                    return false
                }
                if isCancelled { continuation.resume() }
            }
        } onCancel: {
            visit(id)
        }
    }

    /// Somebody looks at a purchase.
    func visit(_ id: PurchaseID) {
        state.withLock { $0.drivers.removeValue(forKey: id) }?.resume()
    }

    /// Suspends until the purchase has something to tell, is not under way, or the task is cancelled.
    func waitUntilAnswerable(_ id: PurchaseID) async {
        let number = state.withLock { state in
            defer { state.nextWaiter += 1 }
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard let progress = state.progress[id], !progress.isAnswerable, !Task.isCancelled else {
                        return true
                    }
                    state.waiters[id, default: []].append(Waiter(number: number, continuation: continuation))
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.waiters[id]?.firstIndex(where: { $0.number == number }) else { return nil }
                return state.waiters[id]?.remove(at: index)
            }
            waiter?.continuation.resume()
        }
    }
}
