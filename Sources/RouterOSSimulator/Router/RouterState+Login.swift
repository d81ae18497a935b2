import RouterOS
import Shared

/// Logging devices in: by the API, by the device itself, by a MAC cookie (reference `routeros.md` §2.6, §3, §4).
extension RouterState {
    private enum Way: String {
        /// What the router shows for an API login is not documented; this is the nearest documented word.
        case api = "http-pap"
        case portal = "http-chap"
        case cookie = "mac-cookie"
    }

    mutating func loginByAPI(_ command: Command) throws(Trap) {
        guard configuration.deviceModeAllowsHotspot else { throw .notAllowedByDeviceMode }
        for (name, _) in command.attributes where !["user", "password", "mac-address", "ip", "domain"].contains(name) {
            throw .unknownParameter(name, version)
        }
        guard let user = command["user"] else { throw .missingValue("user") }
        guard let ipText = command["ip"]?.text else { throw .missingValue("ip") }
        guard let ip = IPv4Address(ipText) else { throw .invalidValue("ip") }
        guard let host = hosts.last(where: { $0.phone.toAddress == ip }) else {
            throw Trap("unknown host IP \(ip)")
        }
        if let macText = command["mac-address"]?.text {
            guard let mac = MACAddress(macText) else {
                throw Trap("invalid value of mac-address, mac address required", .argumentValue)
            }
            guard mac == host.phone.mac else { throw Trap("wrong MAC provided") }
        }
        let current = session(of: host)
        if current != nil, configuration.secondLogin == .refused { throw Trap("already logged in") }
        let password = command["password"] ?? ""
        let session = try admit(host, user: user.text, password: password, by: .api, replacing: current)
        if let current { logOut(current, .userRequest) }
        begin(session, host, writesCookie: configuration.apiLoginWritesCookie, password: password)
    }

    /// The device sends its code to the router's own login page. Returns what the page would say, nil for success.
    mutating func signIn(mac: MACAddress, user: String, password: Word) -> String? {
        guard let host = hosts.last(where: { $0.phone.mac == mac && $0.leftAt == nil }) else {
            return "you are not connected"
        }
        guard session(of: host) == nil else { return "already logged in" }
        do {
            let session = try admit(host, user: user, password: password, by: .portal, replacing: nil)
            begin(session, host, writesCookie: true, password: password)
            return nil
        } catch {
            return error.message
        }
    }

    /// A host that appears is logged in by its MAC's cookie; a login that fails costs the cookie, and so do two hosts
    /// with one MAC.
    mutating func tryCookie(_ host: Host) {
        guard loginMethods(host.server).contains("mac-cookie") else { return }
        guard let cookie = cookies.first(where: { $0.mac == host.phone.mac }) else { return }
        guard hosts.count(where: { $0.phone.mac == host.phone.mac }) == 1 else {
            removeCookies { $0.mac == host.phone.mac }
            return
        }
        do {
            let session = try admit(host, user: cookie.user, password: cookie.password, by: .cookie, replacing: nil)
            begin(session, host, writesCookie: true, password: cookie.password)
        } catch {
            removeCookies { $0.mac == host.phone.mac }
        }
    }

    func session(of host: Host) -> ActiveSession? {
        active.first { $0.phone.toAddress == host.phone.toAddress && $0.phone.mac == host.phone.mac }
    }

    // MARK: Rules

    /// The session the host may have, or why it may have none. Writes the refusal down.
    private mutating func admit(
        _ host: Host,
        user: String,
        password: Word,
        by way: Way,
        replacing current: ActiveSession?
    ) throws(Trap) -> ActiveSession {
        do {
            return try checked(host, user: user, password: password, by: way, replacing: current)
        } catch {
            ledger.loginRefused(user: user, mac: host.phone.mac, by: way.rawValue, message: error.message, at: now)
            throw error
        }
    }

    private func checked(
        _ host: Host,
        user: String,
        password: Word,
        by way: Way,
        replacing current: ActiveSession?
    ) throws(Trap) -> ActiveSession {
        let row = try credentials(host, user, password)
        let profile = self.row(.userProfile, named: row.values["profile"]?.text ?? "default")?.values ?? [:]
        if let lock = row.values["mac-address"].flatMap({ MACAddress($0.text) }), lock != host.phone.mac {
            throw Trap("user \(user) is not allowed to log in from this MAC address")
        }

        let used = duration(row.values["uptime"]) ?? .zero
        // As everywhere in RouterOS, a limit of nothing is no limit.
        let limit = duration(row.values["limit-uptime"]).flatMap { $0 == .zero ? nil : $0 }
        if let limit, used >= limit { throw Trap("your uptime limit is reached") }
        let byteLimits = try remainingBytes(row)

        let others = active.filter { $0.itemID != current?.itemID }
        if let shared = profile["shared-users"].flatMap({ Int($0.text) }),
            others.count(where: { $0.user == user }) >= shared
        {
            throw Trap("no more sessions are allowed for user")
        }
        if let allowed = configuration.sessionLimit, others.count >= allowed { throw Trap("session limit reached") }

        let limits = [limit.map { $0 - used }, duration(profile["session-timeout"])].compactMap(\.self)
        return ActiveSession(
            user: user,
            userID: row.id,
            phone: host.phone,
            server: host.server,
            loginBy: way.rawValue,
            startedAt: now,
            timeLimit: limits.min(),
            idleTimeout: duration(profile["idle-timeout"]),
            keepaliveTimeout: duration(profile["keepalive-timeout"]),
            cookieTimeout: duration(profile["mac-cookie-timeout"]) ?? .zero,
            byteLimits: byteLimits
        )
    }

    private func credentials(_ host: Host, _ user: String, _ password: Word) throws(Trap) -> Table.Row {
        // A user of this very server goes before one of all servers.
        let rows = tables[.user]?.rows(named: Word(user)) ?? []
        let row =
            rows.first { $0.values["server"]?.text == host.server } ?? rows.first { $0.values["server"] == nil }
        guard let row, row.values["disabled"] != "true", row.values["default"] != "true",
            row.values["password"] == password
        else { throw Trap("invalid username or password") }
        return row
    }

    private func remainingBytes(_ row: Table.Row) throws(Trap) -> [ActiveSession.ByteLimit: UInt64] {
        let bytesIn = row.values["bytes-in"].flatMap { UInt64($0.text) } ?? 0
        let bytesOut = row.values["bytes-out"].flatMap { UInt64($0.text) } ?? 0
        var remaining: [ActiveSession.ByteLimit: UInt64] = [:]
        for limit in ActiveSession.ByteLimit.allCases {
            guard let bytes = row.values[limit.rawValue].flatMap({ UInt64($0.text) }), bytes > 0 else { continue }
            let used = limit.count(bytesIn: bytesIn, bytesOut: bytesOut)
            guard used < bytes else { throw Trap("your traffic limit is reached") }
            remaining[limit] = bytes - used
        }
        return remaining
    }

    private mutating func begin(_ session: ActiveSession, _ host: Host, writesCookie: Bool, password: Word) {
        active.append(session)
        ledger.loggedIn(session)
        announce(.active, session.itemID)
        announce(.host, host.itemID)
        if writesCookie { writeCookie(session, password) }
    }

    func duration(_ word: Word?) -> Duration? {
        word.flatMap { RouterTime.parse($0.text) }
    }
}
