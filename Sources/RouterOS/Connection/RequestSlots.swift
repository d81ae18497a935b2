/// The requests of one connection: some in flight, the rest waiting in order.
struct RequestSlots<Request> {
    /// Requests in flight at once. A router is no faster with more, and slows down beyond (reference `routeros.md` §7).
    static var count: Int { 16 }

    private struct InFlight {
        /// Nil once the caller has given up; the slot stays taken until the router has answered.
        var request: Request?
        var collector = ReplyCollector()
    }

    private struct Waiting {
        let id: UInt64
        let sentence: Sentence
        let request: Request
    }

    private var inFlight: [UInt64: InFlight] = [:]
    private var waiting: [Waiting] = []

    /// Written requests nobody has given up, in the order they were asked for, which is that of their ids.
    var written: [Request] {
        inFlight.sorted { $0.key < $1.key }.compactMap(\.value.request)
    }

    /// Requests the router has not seen, in order.
    var unwritten: [Request] { waiting.map(\.request) }

    /// Takes a request in. Returns the sentence to write, or nil if it must wait.
    mutating func add(_ sentence: Sentence, id: UInt64, for request: Request) -> Sentence? {
        guard inFlight.count < Self.count else {
            waiting.append(Waiting(id: id, sentence: sentence, request: request))
            return nil
        }
        inFlight[id] = InFlight(request: request)
        return sentence.tagged(id)
    }

    struct Finished {
        /// Nil if the caller has given up.
        let request: Request?
        let result: Result<Reply, RouterOSError>
        /// The sentence that takes over the slot, to be written.
        let next: Sentence?
    }

    /// Takes in a part of a reply. Returns what it completes, if it does.
    mutating func received(_ reply: ReplySentence) -> Finished? {
        // A tag that is not ours answers nothing we know of; skipping it costs nothing.
        guard let tag = reply.tag, inFlight[tag] != nil else { return nil }
        switch reply.kind {
        case .row:
            inFlight[tag]?.collector.add(row: reply.sentence)
        case .trap:
            inFlight[tag]?.collector.add(trap: reply.sentence)
        case .done:
            guard let finished = inFlight.removeValue(forKey: tag) else { return nil }
            return Finished(
                request: finished.request,
                result: finished.collector.finish(reply.sentence),
                next: startNext()
            )
        case .empty, .fatal, .unknown:
            break
        }
        return nil
    }

    private mutating func startNext() -> Sentence? {
        guard !waiting.isEmpty else { return nil }
        let next = waiting.removeFirst()
        inFlight[next.id] = InFlight(request: next.request)
        return next.sentence.tagged(next.id)
    }

    enum GiveUpAction {
        /// No request of that id waits for an answer any more.
        case none
        case notSent(Request)
        case outcomeUnknown(Request)
    }

    /// The caller no longer waits. A written request keeps its slot until the router answers; the answer is dropped.
    mutating func giveUp(_ id: UInt64) -> GiveUpAction {
        if let request = inFlight[id]?.request {
            inFlight[id]?.request = nil
            return .outcomeUnknown(request)
        }
        if let index = waiting.firstIndex(where: { $0.id == id }) {
            return .notSent(waiting.remove(at: index).request)
        }
        return .none
    }
}

extension Sentence {
    /// The sentence with its tag, last as clients send it.
    fileprivate func tagged(_ id: UInt64) -> Sentence {
        Sentence(words + [Word(".tag=\(id)")])
    }
}
