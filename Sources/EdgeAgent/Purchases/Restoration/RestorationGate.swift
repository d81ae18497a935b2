import Synchronization

/// Whether cards are taken as far as a restoration goes: open unless one is under way.
final class RestorationGate: Sendable {
    private let state: Atomic<Bool>

    init(isOpen: Bool = true) {
        state = Atomic(isOpen)
    }

    var isOpen: Bool { state.load(ordering: .relaxed) }

    func set(isOpen: Bool) {
        state.store(isOpen, ordering: .relaxed)
    }
}
