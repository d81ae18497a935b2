import Synchronization

/// What happened, in the order in which it did.
final class Record<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    var all: [Element] { elements.withLock { $0 } }

    func note(_ element: Element) {
        elements.withLock { $0.append(element) }
    }
}
