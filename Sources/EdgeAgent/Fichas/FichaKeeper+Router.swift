import Logging
import Purchasing
import RouterOS
import Shared
import Synchronization

// What the router has to be told, in chunks: some commands at the same time, then a pause half as long as they took. A router
// that is slow is told less, and less at the same time.
extension FichaKeeper {
    fileprivate enum Done: Sendable {
        case put(Hotspot.Put)
        case removed
        /// The router says no to it.
        case refused
    }

    private struct Chunk: Sendable {
        let fichas: [Ficha]
        /// There is more to do than this.
        let isPart: Bool
    }

    /// Puts and removes users, some of them, unless it is the router's time to rest.
    func tellRouter(_ line: FichaLine) async throws {
        guard untilMoreWork == nil || untilMoreWork == .zero else { return }
        memory.withLock { $0.moreWorkAt = nil }
        let chunk = try await nextChunk()
        guard !chunk.fichas.isEmpty else { return }
        let begin = uptime()
        let (done, failure) = await carryOut(chunk.fichas, at: line, until: begin + Self.longestChunk)
        let end = uptime()
        let commands = chunk.fichas.reduce(0) { $0 + (done[$1.code] == nil ? 0 : $1.commandCount) }
        memory.withLock { $0.isFast = end - begin < Self.longestFastCommand * commands }
        // A disk that takes none of it, like a router that is away, is for the next look.
        try await note(done, of: chunk.fichas)
        if failure == nil, chunk.isPart || done.count < chunk.fichas.count {
            memory.withLock { $0.moreWorkAt = end + (end - begin) / 2 }
        }
        for ficha in chunk.fichas where ficha.state == .expired {
            guard case .removed = done[ficha.code], let phone = ficha.macAddress else { continue }
            try await goOn(phone, at: line)
        }
        if let failure { throw failure }
    }

    /// What comes next, as much of it as is good for the router.
    private func nextChunk() async throws -> Chunk {
        let now = uptime()
        let refusals = memory.withLock { memory in
            memory.refusals = memory.refusals.filter { now - $0.value.at < Self.timeBetweenTries }
            return memory.refusals
        }
        // Those that were refused may be all of a profile that is gone: they keep no other from being put.
        let limit = min(Self.commandsPerChunk + 1 + refusals.count, Self.workToChooseFrom)
        let work = try await store.routerWork(routerID, limit: limit).filter { ficha in
            refusals[ficha.code]?.asked != ficha.routerState
        }
        var commands = 0
        let fichas = work.prefix { ficha in
            commands += ficha.commandCount
            return commands <= Self.commandsPerChunk
        }
        return Chunk(fichas: Array(fichas), isPart: fichas.count < work.count)
    }

    /// - Returns: What was done, and what then kept the rest from being done: the router may be away.
    private func carryOut(
        _ fichas: [Ficha],
        at line: FichaLine,
        until deadline: Duration
    ) async -> (done: [FichaCode: Done], failure: RouterOSError?) {
        // Asked for once, not by each of those that begin together.
        for profile in Set(fichas.filter { $0.routerState == .toPut }.map(\.product.mikrotikProfile)) {
            try? await line.hotspot.checkNames(userProfile: profile, server: line.server)
        }
        let atOnce = memory.withLock { $0.isFast } ? Self.fichasAtOnce : Self.fichasAtOnceWhenSlow
        return await withTaskGroup(of: (FichaCode, Result<Done, RouterOSError>).self) { group in
            var waiting = fichas[...]
            var done: [FichaCode: Done] = [:]
            var failure: RouterOSError?
            func begin() {
                guard failure == nil, uptime() <= deadline, let ficha = waiting.popFirst() else { return }
                group.addTask { (ficha.code, await self.carryOut(ficha, at: line)) }
            }
            for _ in 0..<atOnce { begin() }
            for await (code, result) in group {
                switch result {
                case .success(let end): done[code] = end
                case .failure(let error): failure = failure ?? error
                }
                begin()
            }
            return (done, failure)
        }
    }

    private func carryOut(_ ficha: Ficha, at line: FichaLine) async -> Result<Done, RouterOSError> {
        do {
            if ficha.routerState == .toRemove {
                try await line.hotspot.removeFicha(ficha.code, comment: ficha.comment)
                return .success(.removed)
            }
            return .success(.put(try await line.hotspot.putFicha(ficha, server: line.server, at: clock.moment)))
        } catch {
            // What a router says no to, such as a profile that is gone, waits for a person, and no other waits for it.
            guard error.trapKind != nil || error.isInvalidArgument else { return .failure(error) }
            logger.error("a router refused a ficha", metadata: ["ficha": "\(ficha.code)", "error": "\(error)"])
            return .success(.refused)
        }
    }

    /// Writes down what was done, all of it in one commit.
    private func note(_ done: [FichaCode: Done], of fichas: [Ficha]) async throws {
        let asked = Dictionary(fichas.map { ($0.code, $0) }) { first, _ in first }
        let written = done.filter { !$0.value.isUndone }
        try await store.change(Array(written.keys), at: clock.moment) { ficha in
            switch written[ficha.code] {
            case .removed:
                if ficha.routerState == .toRemove { ficha.routerState = .none }
            case .put(let put):
                if put == .made { ficha.forgetCounters() }
                // Extended or moved meanwhile: then it has to be put once more.
                guard ficha.routerState == .toPut, let asked = asked[ficha.code], ficha.extraTime == asked.extraTime,
                    ficha.macAddress == asked.macAddress
                else { return }
                ficha.routerState = .present
            case .refused, nil: return
            }
        }
        let now = uptime()
        memory.withLock { memory in
            for (code, end) in done {
                memory.refusals[code] = end.isUndone ? asked[code].map { Refusal(of: $0, at: now) } : nil
                if end.beginsAnew { memory.base[code] = nil }
            }
        }
        for (code, end) in done { report(end, code, asked[code]?.state) }
    }

    private func report(_ end: Done, _ code: FichaCode, _ state: FichaState?) {
        switch end {
        case .put(.made): logger.info("put a ficha on", metadata: ["ficha": "\(code)"])
        case .put(.nameTaken): logger.error("another's user has a ficha's name", metadata: ["ficha": "\(code)"])
        case .removed:
            logger.info("took a ficha off", metadata: ["ficha": "\(code)", "state": "\(state?.rawValue ?? "")"])
        case .put(.kept), .refused: return
        }
    }

    /// A phone's ficha is over; another one that was bought for it begins at once, without anybody typing anything.
    private func goOn(_ phone: MACAddress, at line: FichaLine) async throws {
        guard let next = try await store.fichas(of: phone, routerID: routerID).first else { return }
        let connector = FichaConnector(line: line, store: store, clock: clock, logger: logger)
        let outcome = await connector.connect(
            BuyerDevice(sourceAddress: nil, claimedMACAddress: phone),
            with: next.code
        )
        logger.info(
            "went on with a phone's next ficha",
            metadata: ["ficha": "\(next.code)", "outcome": "\(outcome.code)"]
        )
    }
}

extension FichaKeeper.Done {
    /// It has to be tried again, later.
    fileprivate var isUndone: Bool {
        switch self {
        case .refused, .put(.nameTaken): true
        case .removed, .put(.made), .put(.kept): false
        }
    }

    /// The router counts for it from nothing, or no more.
    fileprivate var beginsAnew: Bool {
        switch self {
        case .removed, .put(.made): true
        case .refused, .put(.kept), .put(.nameTaken): false
        }
    }
}

extension Ficha {
    /// What the router is asked at least for what it has to be told.
    fileprivate var commandCount: Int { routerState == .toPut && isNewToRouter ? 1 : 4 }
}

extension RouterOSError {
    fileprivate var isInvalidArgument: Bool {
        if case .invalidArgument = self { true } else { false }
    }
}
