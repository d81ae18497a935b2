/// Gives each key one of a fixed number of slots, taking the slot of the key that was used longest ago when all are in
/// use. What a slot holds is the caller's.
struct LeastRecentlyUsed<Key: Hashable> {
    private struct Node {
        var key: Key?
        var newer: Int?
        var older: Int?
    }

    private let capacity: Int
    private var nodes: [Node] = []
    private var slots: [Key: Int] = [:]
    private var newest: Int?
    private var oldest: Int?

    init(capacity: Int) {
        precondition(capacity > 0, "a limiter that remembers nobody limits nobody")
        self.capacity = capacity
        nodes.reserveCapacity(capacity)
        slots.reserveCapacity(capacity)
    }

    var count: Int { slots.count }

    /// The slot of a key that has one.
    func slot(of key: Key) -> Int? { slots[key] }

    /// The slot of `key`, now the most recently used; `isNew` when it held nothing of this key before.
    mutating func touch(_ key: Key) -> (slot: Int, isNew: Bool) {
        if let slot = slots[key] {
            unlink(slot)
            pushNewest(slot)
            return (slot, false)
        }
        let slot = freeSlot()
        nodes[slot].key = key
        slots[key] = slot
        pushNewest(slot)
        return (slot, true)
    }

    private mutating func freeSlot() -> Int {
        guard nodes.count == capacity, let slot = oldest else {
            nodes.append(Node())
            return nodes.count - 1
        }
        unlink(slot)
        if let key = nodes[slot].key { slots[key] = nil }
        return slot
    }

    private mutating func unlink(_ slot: Int) {
        let node = nodes[slot]
        if let newer = node.newer { nodes[newer].older = node.older } else { newest = node.older }
        if let older = node.older { nodes[older].newer = node.newer } else { oldest = node.newer }
        nodes[slot].newer = nil
        nodes[slot].older = nil
    }

    private mutating func pushNewest(_ slot: Int) {
        nodes[slot].older = newest
        if let newest { nodes[newest].newer = slot } else { oldest = slot }
        newest = slot
    }
}
