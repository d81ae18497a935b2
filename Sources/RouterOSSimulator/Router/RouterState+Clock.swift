import RouterOS
import Shared

/// The passing of time: everything falls due in order, however far the clock is moved at once.
extension RouterState {
    private enum Due {
        case logOut(ActiveSession, LogoutCause)
        case hostExpires(Host)
        case cookieExpires(Cookie)
        case lateCommand(LateCommand)
        case bootEnds
    }

    mutating func advance(by duration: Duration) {
        let end = now + duration
        while let (time, due) = nextDue(), time <= end {
            now = max(now, time)
            handle(due)
        }
        now = max(now, end)
    }

    private func nextDue() -> (Timestamp, Due)? {
        var dues: [(Timestamp, Due)] = downUntil.map { [($0, .bootEnds)] } ?? []
        dues += lateCommands.map { ($0.dueAt, .lateCommand($0)) }
        for session in active {
            if let limit = session.timeLimit {
                dues.append((session.startedAt + limit, .logOut(session, .sessionTimeout)))
            }
            guard let leftAt = hosts.first(where: { $0.phone == session.phone })?.leftAt else { continue }
            let silent = max(leftAt, session.startedAt)
            if let timeout = session.keepaliveTimeout {
                dues.append((silent + timeout, .logOut(session, .keepaliveTimeout)))
            }
            if let timeout = session.idleTimeout {
                dues.append((silent + timeout, .logOut(session, .idleTimeout)))
            }
        }
        for host in hosts {
            guard let leftAt = host.leftAt, session(of: host) == nil else { continue }
            let server = row(.server, named: host.server)?.values ?? [:]
            let timeouts = [duration(server["idle-timeout"]), duration(server["keepalive-timeout"])]
            guard let timeout = timeouts.compactMap(\.self).min() else { continue }
            dues.append((leftAt + timeout, .hostExpires(host)))
        }
        dues += cookies.map { ($0.expiresAt, .cookieExpires($0)) }
        // The first of equals, so that the order never depends on anything but the state.
        return dues.min { $0.0 < $1.0 }
    }

    private mutating func handle(_ due: Due) {
        switch due {
        case .logOut(let session, let cause): logOut(session, cause)
        case .hostExpires(let host): removeHost(host)
        case .cookieExpires(let cookie): removeCookies { $0.id == cookie.id }
        case .lateCommand(let late):
            if let index = lateCommands.firstIndex(where: { $0.dueAt == late.dueAt && $0.sentence == late.sentence }) {
                lateCommands.remove(at: index)
            }
            guard downUntil == nil, let account = account(late.user) else { return }
            _ = perform(Command(late.sentence), as: account)
        case .bootEnds: finishBoot()
        }
    }

    // MARK: Reboot

    /// Sessions, hosts and connections go; users stay. Devices that were there come back when the router does.
    mutating func reboot(downFor duration: Duration) {
        for session in active { logOut(session, .reboot) }
        absentPhones += hosts.filter { $0.leftAt == nil }.map(\.phone)
        hosts = []
        if !configuration.cookiesSurviveReboot { cookies = [] }
        for id in sessions.keys { sessions[id]?.isOpen = false }
        downUntil = now + duration
        if duration <= .zero { finishBoot() }
    }

    private mutating func finishBoot() {
        downUntil = nil
        bootedAt = now
        let phones = absentPhones
        absentPhones = []
        for phone in phones { join(phone) }
    }
}
