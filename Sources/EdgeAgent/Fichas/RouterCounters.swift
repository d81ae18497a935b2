/// What a router has counted for a ficha's user.
struct RouterCounters: Sendable, Equatable {
    /// Online time of the sessions that ended in order. What a power cut ended is not in it (reference `routeros.md` §2.3).
    let ended: Duration
    /// Of the one that runs; zero where none does.
    let session: Duration
    /// In both directions, of the sessions that ended.
    let endedBytes: Int64
    let sessionBytes: Int64

    static let none = RouterCounters(ended: .zero, session: .zero, endedBytes: 0, sessionBytes: 0)
}
