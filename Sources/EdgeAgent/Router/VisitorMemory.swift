import Synchronization

/// Which router a visitor's address was last found at, for some seconds and for a bounded number of visitors.
final class VisitorMemory: Sendable {
    /// What was found out about an address; nil is that no router knows it.
    struct Answer: Equatable {
        let routerID: String?
    }

    private static let lifetime = Duration.seconds(5)

    private struct Entry {
        let answer: Answer
        let until: Duration
    }

    private let capacity: Int
    private let now: @Sendable () -> Duration
    private let entries = Mutex<[String: Entry]>([:])

    /// - Parameter now: Monotonic time.
    init(capacity: Int = 1_024, now: @escaping @Sendable () -> Duration) {
        self.capacity = capacity
        self.now = now
    }

    /// Nil when nobody asked about the address lately.
    func answer(about address: String) -> Answer? {
        let time = now()
        return entries.withLock { $0[address].flatMap { time < $0.until ? $0.answer : nil } }
    }

    func remember(_ address: String, isAt routerID: String?) {
        let time = now()
        entries.withLock { entries in
            if entries.count >= capacity { entries = entries.filter { time < $0.value.until } }
            // Full of the young: more visitors in five seconds than any site has. They are asked about each time.
            guard entries.count < capacity || entries[address] != nil else { return }
            entries[address] = Entry(answer: Answer(routerID: routerID), until: time + Self.lifetime)
        }
    }
}
