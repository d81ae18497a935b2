import RouterOS
import Shared

/// How the router's state reads as rows.
extension RouterState {
    /// The rows of a menu; `name` narrows them down where the menu is indexed by it.
    func items(_ menu: Menu, named name: Word? = nil) -> [Item] {
        switch menu {
        case .active: return active.map(item)
        case .host: return hosts.map(item)
        case .cookie: return cookies.map(item)
        case .apiUser:
            return configuration.users.enumerated().map { index, user in
                Item(
                    id: "*\(index + 1)",
                    values: ["name": Word(user.name), "group": "full", "address": "", "disabled": "false"]
                )
            }
        default:
            guard let table = tables[menu] else { return [] }
            return (name.map { table.rows(named: $0) } ?? table.rows).map { item($0, menu) }
        }
    }

    private func item(_ row: Table.Row, _ menu: Menu) -> Item {
        var values = row.values
        if menu == .server, !configuration.deviceModeAllowsHotspot {
            values["invalid"] = "true"
            values["comment"] = "inactivated, not allowed by device-mode"
        }
        return Item(id: row.itemID, values: values)
    }

    private func item(_ session: ActiveSession) -> Item {
        var values: [String: Word] = [
            "server": Word(session.server),
            "user": Word(session.user),
            "address": Word("\(session.phone.toAddress)"),
            "mac-address": Word("\(session.phone.mac)"),
            "login-by": Word(session.loginBy),
            "uptime": Word(write(now - session.startedAt)),
            "idle-time": Word(write(silence(of: session.phone))),
            "idle-timeout": Word(session.idleTimeout.map(write) ?? "none"),
            "keepalive-timeout": Word(session.keepaliveTimeout.map(write) ?? "none"),
            "bytes-in": Word("\(session.bytesIn)"),
            "bytes-out": Word("\(session.bytesOut)"),
            "packets-in": Word("\(session.bytesIn / 1_000)"),
            "packets-out": Word("\(session.bytesOut / 1_000)"),
            "radius": "false",
        ]
        values["session-time-left"] = session.timeLimit.map { Word(write($0 - (now - session.startedAt))) }
        for (limit, bytes) in session.byteLimits { values[limit.rawValue] = Word("\(bytes)") }
        values["comment"] = session.comment
        return Item(id: session.itemID, values: values)
    }

    private func item(_ host: Host) -> Item {
        let binding = bindingType(of: host.phone)
        let server = row(.server, named: host.server)
        return Item(
            id: host.itemID,
            values: [
                "mac-address": Word("\(host.phone.mac)"),
                "address": Word("\(host.phone.ip)"),
                "to-address": Word("\(host.phone.toAddress)"),
                "server": Word(host.server),
                "uptime": Word(write(now - host.appearedAt)),
                "idle-time": Word(write(silence(of: host.phone))),
                "idle-timeout": server?.values["idle-timeout"] ?? "none",
                "keepalive-timeout": server?.values["keepalive-timeout"] ?? "none",
                "host-dead-time": Word(write(silence(of: host.phone))),
                "bytes-in": Word("\(host.bytesIn)"),
                "bytes-out": Word("\(host.bytesOut)"),
                "packets-in": Word("\(host.bytesIn / 1_000)"),
                "packets-out": Word("\(host.bytesOut / 1_000)"),
                "found-by": "DHCP",
                "DHCP": "true",
                "authorized": session(of: host) == nil ? "false" : "true",
                "bypassed": binding == "bypassed" ? "true" : "false",
                "static": "false",
                "dynamic": host.phone.ip == host.phone.toAddress ? "false" : "true",
            ]
        )
    }

    private func item(_ cookie: Cookie) -> Item {
        Item(
            id: cookie.itemID,
            values: [
                "user": Word(cookie.user),
                "mac-address": Word("\(cookie.mac)"),
                "expires-in": Word(write(cookie.expiresAt - now)),
                "mac-cookie": "true",
            ]
        )
    }

    private func silence(of phone: Phone) -> Duration {
        hosts.first { $0.phone == phone }?.leftAt.map { now - $0 } ?? .zero
    }

    // MARK: Menus that stand for one thing

    func single(_ menu: Menu) -> [Item] {
        switch menu {
        case .identity: [Item(single: ["name": identity.text])]
        case .license:
            [Item(single: ["software-id": "SIMU-LADO", "nlevel": "\(configuration.licenseLevel)", "features": ""])]
        case .deviceMode:
            [
                Item(single: [
                    "mode": configuration.deviceModeAllowsHotspot ? "advanced" : "home",
                    "hotspot": configuration.deviceModeAllowsHotspot ? "true" : "false",
                    "scheduler": configuration.deviceModeAllowsHotspot ? "true" : "false",
                    "attempt-count": "0",
                ])
            ]
        case .clock: [clockItem]
        default:
            [
                Item(single: [
                    "uptime": write(now - bootedAt),
                    "version": "\(version) (stable)",
                    "build-time": "2026-01-01 00:00:00",
                    "free-memory": "12345678",
                    "total-memory": "33554432",
                    "cpu": "MIPS 24Kc V7.4",
                    "cpu-count": "1",
                    "cpu-frequency": "650",
                    "cpu-load": "7",
                    "architecture-name": "smips",
                    "board-name": "hAP lite",
                    "platform": "MikroTik",
                ])
            ]
        }
    }

    /// The router's date and time, in UTC.
    private var clockItem: Item {
        let text = now.rfc3339
        let date = text.prefix(10).split(separator: "-").map(String.init)
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let month = Int(date[1]).map { months[$0 - 1] } ?? ""
        return Item(single: [
            "time": String(text.dropFirst(11).prefix(8)),
            "date": version.writesISODates ? String(text.prefix(10)) : "\(month)/\(date[2])/\(date[0])",
            "time-zone-name": "UTC",
            "gmt-offset": "+00:00",
        ])
    }
}
