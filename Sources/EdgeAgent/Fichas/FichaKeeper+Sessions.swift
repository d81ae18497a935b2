import Purchasing
import RouterOS
import Shared
import Synchronization

// Who is online, and what that uses up.
extension FichaKeeper {
    private struct Observation: Sendable {
        var device: MACAddress?
        var sessionTime = Duration.zero
        /// The router's counters in all; nil where nothing depends on them.
        var counters: RouterCounters?
        var isOnline = true
    }

    /// Sees first uses, devices, and what is used up, and writes all of it down at once.
    func watch(_ sessions: [ActiveSession], at line: FichaLine) async throws {
        let moment = clock.moment
        var online: [FichaCode: ActiveSession] = [:]
        for session in sessions {
            guard let code = FichaCode(digits: session.user) else { continue }
            online[code] = session
        }
        let ended = memory.withLock { memory in memory.base.keys.filter { online[$0] == nil } }
        let fichas = try await store.fichas(Array(online.keys) + ended)
        var observations: [FichaCode: Observation] = [:]
        for (code, session) in online {
            guard let ficha = fichas[code], ficha.routerID == routerID, ficha.state.isLive else { continue }
            let counters = ficha.isCounted ? try await counters(of: code, in: session, at: line) : nil
            // Running time that runs already, on the phone it is known to be on, is not news.
            guard counters != nil || ficha.state == .sold || ficha.macAddress != session.macAddress else { continue }
            observations[code] = Observation(
                device: session.macAddress,
                sessionTime: session.uptime,
                counters: counters
            )
        }
        for code in ended {
            // Its last session is in the counters now, to the second.
            if let user = try await line.hotspot.user(named: code.digits), fichas[code]?.comment.text == user.comment {
                let counters = RouterCounters(
                    ended: user.uptime,
                    session: .zero,
                    endedBytes: Int64(user.bytesIn + user.bytesOut),
                    sessionBytes: 0
                )
                observations[code] = Observation(counters: counters, isOnline: false)
            }
            memory.withLock { $0.base[code] = nil }
        }
        let seen = observations
        try await store.change(Array(seen.keys), at: moment) { ficha in
            if let observation = seen[ficha.code] { try Self.note(observation, of: &ficha, at: moment) }
        }
    }

    private static func note(
        _ observation: Observation,
        of ficha: inout Ficha,
        at moment: FichaMoment
    ) throws(FichaError) {
        if observation.isOnline {
            let known = ficha.macAddress
            if known != nil, let device = observation.device { try? ficha.move(to: device) }
            try ficha.use(on: observation.device, sessionTime: observation.sessionTime, at: moment)
            // From now on the router lets no other phone use it.
            if ficha.macAddress != known { ficha.routerState = .toPut }
        }
        if let counters = observation.counters {
            ficha.observe(counters, at: moment)
            if ficha.isOver(at: moment) { try ficha.expire(at: moment) }
        }
    }

    /// What the router has counted for a user: in the sessions that ended, which takes a question where this one is new,
    /// and in the one that runs.
    private func counters(
        of code: FichaCode,
        in session: ActiveSession,
        at line: FichaLine
    ) async throws -> RouterCounters {
        var base = memory.withLock { $0.base[code] }
        if base.map({ session.uptime < $0.sessionUptime }) ?? true {
            let user = try await line.hotspot.user(named: code.digits)
            base = SessionBase(
                uptime: user?.uptime ?? .zero,
                bytes: Int64((user?.bytesIn ?? 0) + (user?.bytesOut ?? 0)),
                sessionUptime: session.uptime
            )
        }
        base?.sessionUptime = session.uptime
        let known = base
        memory.withLock { $0.base[code] = known }
        return RouterCounters(
            ended: known?.uptime ?? .zero,
            session: session.uptime,
            endedBytes: known?.bytes ?? 0,
            sessionBytes: Int64(session.bytesIn + session.bytesOut)
        )
    }
}

extension Ficha {
    /// Whether its end depends on what the router counts.
    var isCounted: Bool { product.clock == .pausado || product.dataLimitBytes != nil }
}
