/// Which statements a connection has prepared: so many, and the one longest unused makes way.
struct StatementCache {
    private struct Entry {
        let name: String
        var lastUse: Int
    }

    private let capacity: Int
    private var entries: [String: Entry] = [:]
    private var uses = 0
    private var names = 0

    /// - Parameter capacity: At least 1.
    init(capacity: Int) {
        precondition(capacity >= 1)
        self.capacity = capacity
    }

    /// The name under which the statement is prepared; nil when it is not.
    mutating func name(of sql: String) -> String? {
        guard entries[sql] != nil else { return nil }
        uses += 1
        entries[sql]?.lastUse = uses
        return entries[sql]?.name
    }

    /// A name no statement of the connection ever had.
    mutating func newName() -> String {
        names += 1
        return "s\(names)"
    }

    /// Remembers a statement that was prepared. Returns the name of the one that must be given up for it.
    mutating func insert(_ sql: String, name: String) -> String? {
        var evicted: String?
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            evicted = oldest.value.name
            entries[oldest.key] = nil
        }
        uses += 1
        entries[sql] = Entry(name: name, lastUse: uses)
        return evicted
    }
}
