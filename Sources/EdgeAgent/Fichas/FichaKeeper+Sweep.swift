import Logging
import RouterOS
import Shared
import Synchronization

// What the router forgot, kept too long, or has from a life of the box that the box knows nothing of.
extension FichaKeeper {
    /// Reads all users at the first look at a connection, and every few hours.
    func sweepIfNeeded(_ line: FichaLine, online: Set<String>) async throws {
        let (connection, now) = (await line.hotspot.connectionNumber, uptime())
        let isFresh = memory.withLock { memory in
            memory.sweptConnection == connection && now - memory.sweptAt < Self.timeBetweenSweeps
        }
        guard !isFresh else { return }
        try await sweep(line, online: online)
        memory.withLock { memory in
            memory.sweptConnection = connection
            memory.sweptAt = now
        }
    }

    private func sweep(_ line: FichaLine, online: Set<String>) async throws {
        // The fichas first: one that is put on in between is then only looked at once more.
        let live = try await store.live(routerID)
        let users = try await line.hotspot.users()
        var ours: [FichaCode: HotspotUser] = [:]
        for user in users where RouterComment(user.comment) != nil {
            if let code = FichaCode(digits: user.name) { ours[code] = user }
        }
        try await putBack(live.filter { $0.routerState == .present && ours[$0.code] == nil })
        try await takeIn(ours, online: online)
    }

    /// The router was reset, exchanged, or somebody tidied up: what was paid for comes back with what is left of it.
    private func putBack(_ missing: [Ficha]) async throws {
        guard !missing.isEmpty else { return }
        logger.notice("the router has forgotten fichas", metadata: ["count": "\(missing.count)"])
        try await store.change(missing.map(\.code), at: clock.moment) { ficha in
            guard ficha.routerState == .present else { return }
            ficha.routerState = .toPut
            ficha.forgetCounters()
        }
    }

    private func takeIn(_ users: [FichaCode: HotspotUser], online: Set<String>) async throws {
        let moment = clock.moment
        let fichas = try await store.fichas(Array(users.keys))
        let news = users.filter { code, user in
            guard let ficha = fichas[code], ficha.comment.text == user.comment else { return false }
            if ficha.state.isEnd { return ficha.routerState == .none && ficha.soldAt != nil }
            // Who is online is watched; the counters do not have that session yet.
            return user.uptime > .zero && !online.contains(code.digits)
        }
        try await store.change(Array(news.keys), at: moment) { ficha in
            guard let user = news[ficha.code] else { return }
            if ficha.state.isEnd {
                // Put back with a backup of the router.
                ficha.routerState = .toRemove
            } else if ficha.state.isLive {
                // Used while nobody looked, for as long as the router has counted at least.
                if ficha.state == .sold {
                    try ficha.use(on: user.macAddress, sessionTime: user.uptime, at: moment)
                }
                if ficha.isCounted {
                    let counters = RouterCounters(
                        ended: user.uptime,
                        session: .zero,
                        endedBytes: Int64(user.bytesIn + user.bytesOut),
                        sessionBytes: 0
                    )
                    ficha.observe(counters, at: moment)
                }
                if ficha.isOver(at: moment) { try ficha.expire(at: moment) }
            }
        }
        try await reportUnknown(users.filter { code, _ in fichas[code].map { $0.state == .minted } ?? true })
    }

    /// Users that look like ours and are not known, or of stock that nobody bought: sold after the backup that the box was put back from. Whoever bought
    /// them goes on; the router ends them by their limit, and nothing is taken from anybody without a person.
    private func reportUnknown(_ users: [FichaCode: HotspotUser]) async throws {
        let names = Set(users.keys.map(\.digits))
        let fresh = memory.withLock { memory in
            defer { memory.unknownUsers = names }
            return names.subtracting(memory.unknownUsers)
        }
        for name in fresh.sorted() {
            logger.warning("the router has a ficha that the box does not know", metadata: ["ficha": "\(name)"])
        }
    }
}
