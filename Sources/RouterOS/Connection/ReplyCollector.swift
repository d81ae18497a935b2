/// Gathers the sentences of one reply until its `!done`, and holds no more of them than the limits allow.
struct ReplyCollector {
    /// Rows in one reply. We ask by exact name or for short lists; the longest is `active`, which the router's licence
    /// bounds to some hundreds (reference `routeros.md` §7).
    static let maxRows = 10_000
    /// Bytes in all the rows of one reply.
    static let maxBytes = 4 * 1_024 * 1_024

    private var rows: [Row] = []
    private var bytes = 0
    private var trap: Trap?
    private var overflowed = false

    mutating func add(row sentence: Sentence) {
        // Beyond the limit the rest is read and dropped: the other requests on the connection are not to blame.
        guard !overflowed else { return }
        bytes += sentence.words.reduce(0) { $0 + $1.bytes.count }
        rows.append(Row(sentence))
        if rows.count > Self.maxRows || bytes > Self.maxBytes {
            overflowed = true
            rows = []
        }
    }

    /// Several traps may precede one `!done`; the first we understand says what went wrong.
    mutating func add(trap sentence: Sentence) {
        let next = Trap(sentence)
        if trap == nil || (trap?.kind == .other && next.kind != .other) { trap = next }
    }

    /// The reply, complete with its `!done`.
    func finish(_ done: Sentence) -> Result<Reply, RouterOSError> {
        if let trap { return .failure(.trap(trap)) }
        if overflowed {
            return .failure(.invalidReply("more than \(Self.maxRows) rows or \(Self.maxBytes) bytes"))
        }
        return .success(Reply(rows: rows, returned: done.attribute("ret")))
    }
}
