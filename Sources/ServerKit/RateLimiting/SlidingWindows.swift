/// The times of the last events of each key, in memory of a fixed size. Time is handed in and never goes back.
struct SlidingWindows<Key: Hashable & Sendable> {
    private let rule: RateLimiter<Key>.Rule
    private var keys: LeastRecentlyUsed<Key>
    /// For each slot a ring of `rule.limit` times.
    private var times: [Duration]
    /// For each slot where its ring begins, and how many of its times count.
    private var rings: [(first: Int, count: Int)]
    private var blockedUntil: [Duration?]

    init(rule: RateLimiter<Key>.Rule, capacity: Int) {
        self.rule = rule
        keys = LeastRecentlyUsed(capacity: capacity)
        times = Array(repeating: .zero, count: capacity * rule.limit)
        rings = Array(repeating: (0, 0), count: capacity)
        blockedUntil = Array(repeating: nil, count: capacity)
    }

    var count: Int { keys.count }
    var storedTimes: Int { times.count }

    /// How long the key stays blocked; nil when it is not.
    func remainingBlock(of key: Key, at now: Duration) -> Duration? {
        guard let slot = keys.slot(of: key) else { return nil }
        if let until = blockedUntil[slot], until > now { return until - now }
        guard rings[slot].count == rule.limit else { return nil }
        // With the ring full, its oldest time decides: once that has left the window there is room for one more.
        let free = times[slot * rule.limit + rings[slot].first] + rule.window
        return free > now ? free - now : nil
    }

    mutating func record(_ key: Key, at now: Duration) {
        let (slot, isNew) = keys.touch(key)
        if isNew {
            rings[slot] = (0, 0)
            blockedUntil[slot] = nil
        }
        dropOld(slot, at: now)
        append(now, to: slot)
        guard let block = rule.block, rings[slot].count == rule.limit else { return }
        blockedUntil[slot] = now + block
        rings[slot] = (0, 0)
    }

    /// Marks a key as seen, so that others are forgotten before it.
    mutating func keep(_ key: Key) {
        _ = keys.touch(key)
    }

    private mutating func dropOld(_ slot: Int, at now: Duration) {
        while rings[slot].count > 0, times[slot * rule.limit + rings[slot].first] + rule.window <= now {
            dropFirst(slot)
        }
    }

    private mutating func append(_ time: Duration, to slot: Int) {
        if rings[slot].count == rule.limit { dropFirst(slot) }
        let position = (rings[slot].first + rings[slot].count) % rule.limit
        times[slot * rule.limit + position] = time
        rings[slot].count += 1
    }

    private mutating func dropFirst(_ slot: Int) {
        rings[slot].first = (rings[slot].first + 1) % rule.limit
        rings[slot].count -= 1
    }
}
