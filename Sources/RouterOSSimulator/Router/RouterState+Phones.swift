import RouterOS
import Shared

/// Devices that come, go and use the network.
extension RouterState {
    /// The device gets an address and talks: its host row appears or comes alive again, and a MAC cookie logs it in.
    mutating func join(_ phone: Phone) {
        guard downUntil == nil, configuration.deviceModeAllowsHotspot else {
            absentPhones.append(phone)
            return
        }
        let names = tables[.server]?.rows.filter { $0.values["disabled"] != "true" }.map(\.name) ?? []
        guard let server = phone.server.map({ names.contains($0) ? $0 : nil }) ?? names.first else { return }

        // An address belongs to one device: whoever had it before is gone.
        for host in hosts where host.phone.ip == phone.ip && host.phone != phone { dropHost(host) }
        if let index = hosts.firstIndex(where: { $0.phone == phone }) {
            hosts[index].leftAt = nil
        } else {
            let limit = row(.server, named: server)?.values["addresses-per-mac"].flatMap { Int($0.text) }
            if let limit, hosts.count(where: { $0.phone.mac == phone.mac }) >= limit { return }
            hosts.append(Host(id: nextHostID, phone: phone, server: server, appearedAt: now))
            nextHostID += 1
        }
        guard let host = hosts.first(where: { $0.phone == phone }) else { return }
        announce(.host, host.itemID)
        if session(of: host) == nil, bindingType(of: phone) == nil { tryCookie(host) }
    }

    /// The device goes out of reach; the router notices only as its timeouts run out.
    mutating func leave(_ mac: MACAddress) {
        absentPhones.removeAll { $0.mac == mac }
        for index in hosts.indices where hosts[index].phone.mac == mac && hosts[index].leftAt == nil {
            hosts[index].leftAt = now
        }
    }

    /// The device sends and receives. Bytes are counted from the router's side: in is what the device sends.
    mutating func traffic(_ mac: MACAddress, bytesIn: UInt64, bytesOut: UInt64) {
        guard let host = hosts.firstIndex(where: { $0.phone.mac == mac && $0.leftAt == nil }) else { return }
        hosts[host].bytesIn += bytesIn
        hosts[host].bytesOut += bytesOut
        guard let index = active.firstIndex(where: { $0.phone == hosts[host].phone }) else { return }
        active[index].bytesIn += bytesIn
        active[index].bytesOut += bytesOut
        if active[index].hasUsedItsBytes { logOut(active[index], .trafficLimit) }
    }

    mutating func signOut(_ mac: MACAddress) {
        for session in active where session.phone.mac == mac { logOut(session, .userRequest) }
    }

    /// Ends a session: the user's counters take in what it used, and its cookie stays or goes by the cause.
    mutating func logOut(_ session: ActiveSession, _ cause: LogoutCause) {
        active.removeAll { $0.itemID == session.itemID }
        let uptime = now - session.startedAt
        // The counters take a session in when it ends, and nobody ends it when the power goes (reference §2.3).
        if cause != .reboot, let user = tables[.user]?[session.userID] {
            var values = user.values
            values["uptime"] = Word(write((duration(values["uptime"]) ?? .zero) + uptime))
            for (name, bytes) in [("bytes-in", session.bytesIn), ("bytes-out", session.bytesOut)] {
                values[name] = Word("\((values[name].flatMap { UInt64($0.text) } ?? 0) + bytes)")
            }
            tables[.user]?.update(user.id, values)
            announce(.user, user.itemID)
        }
        ledger.loggedOut(session, cause, at: now)
        announce(.active, session.itemID, isGone: true)
        if let host = hosts.first(where: { $0.phone == session.phone }) { announce(.host, host.itemID) }
        if cause.deletesCookie {
            removeCookies { $0.mac == session.phone.mac }
        } else {
            // A cookie's life counts from the last login or logout.
            for index in cookies.indices where cookies[index].mac == session.phone.mac {
                cookies[index].expiresAt = now + session.cookieTimeout
            }
        }
    }

    mutating func removeHost(_ host: Host) {
        hosts.removeAll { $0.id == host.id }
        announce(.host, host.itemID, isGone: true)
    }

    private mutating func dropHost(_ host: Host) {
        if let session = session(of: host) { logOut(session, .keepaliveTimeout) }
        removeHost(host)
    }

    /// `bypassed` or `blocked` when an ip-binding says so: such a device has nothing to do with the portal.
    func bindingType(of phone: Phone) -> String? {
        let binding = tables[.ipBinding]?.rows.first { row in
            guard row.values["disabled"] != "true" else { return false }
            let mac = row.values["mac-address"].map { $0.text == "\(phone.mac)" }
            let address = row.values["address"].map { $0.text == "\(phone.ip)" }
            return (mac ?? address) == true && (address ?? mac) == true
        }
        guard let type = binding?.values["type"]?.text, type != "regular" else { return nil }
        return type
    }
}
