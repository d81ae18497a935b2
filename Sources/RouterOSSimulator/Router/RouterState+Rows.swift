import RouterOS
import Shared

/// Writing rows: `add`, `set`, `unset`, `enable`, `disable`, `remove` (reference `routeros.md` §1.2, §2).
extension RouterState {
    mutating func add(_ menu: Menu, _ command: Command) throws(Trap) -> String {
        if menu == .server, !configuration.deviceModeAllowsHotspot { throw .notAllowedByDeviceMode }
        var values = initialValues(menu)
        try assign(command.values, to: &values, menu)
        for property in menu.schema.properties where property.isRequired && values[property.name] == nil {
            throw .missingValue(property.name)
        }
        try checkName(menu, values, exceptFor: nil)
        guard let row = tables[menu]?.add(values) else { throw .noSuchCommand }
        if menu == .user { ledger.userAdded(row, at: now) }
        announce(menu, row.itemID)
        return row.itemID
    }

    mutating func set(_ menu: Menu, _ command: Command) throws(Trap) {
        switch menu {
        case .identity:
            for (name, value) in command.values {
                guard name == "name" else { throw .unknownParameter(name, version) }
                identity = value
            }
        case .active: try setComments(command)
        default:
            for id in try rowIDs(menu, command) {
                guard let row = tables[menu]?[id] else { continue }
                var values = row.values
                try assign(command.values, to: &values, menu)
                try update(menu, row, values)
            }
        }
    }

    mutating func unset(_ menu: Menu, _ command: Command) throws(Trap) {
        guard let names = command["value-name"]?.text.split(separator: ",").map(String.init) else {
            throw .missingValue("value-name")
        }
        for id in try rowIDs(menu, command) {
            guard let row = tables[menu]?[id] else { continue }
            var values = row.values
            for name in names {
                guard let property = menu.schema.writable(name, version), !property.isRequired else {
                    throw .unknownParameter(name, version)
                }
                values[name] = property.initial.map { Word($0) }
            }
            try update(menu, row, values)
        }
    }

    mutating func setDisabled(_ isDisabled: Bool, _ menu: Menu, _ command: Command) throws(Trap) {
        if menu == .server, !isDisabled, !configuration.deviceModeAllowsHotspot { throw .notAllowedByDeviceMode }
        // Menus without the property, such as profiles, do not know the command either.
        guard menu.schema["disabled"] != nil else { throw .noSuchCommand }
        if let other = command.values.first { throw .unknownParameter(other.name, version) }
        for id in try rowIDs(menu, command) {
            guard let row = tables[menu]?[id] else { continue }
            var values = row.values
            values["disabled"] = isDisabled ? "true" : "false"
            try update(menu, row, values)
        }
    }

    mutating func remove(_ menu: Menu, _ command: Command) throws(Trap) {
        if let other = command.values.first { throw .unknownParameter(other.name, version) }
        switch menu {
        case .active, .host, .cookie:
            for id in try liveIDs(menu, command) { removeLive(menu, id) }
        default:
            let ids = try rowIDs(menu, command)
            for id in ids where tables[menu]?[id]?.values["default"] == "true" {
                throw Trap("failure: cannot remove default")
            }
            for id in ids {
                guard let row = tables[menu]?[id] else { continue }
                tables[menu]?.remove(id)
                if menu == .user { ledger.userRemoved(row.id, at: now) }
                // Rows that named this one now show its identifier.
                renameReferences(to: menu, from: row.name, to: row.itemID)
                announce(menu, row.itemID, isGone: true)
            }
        }
    }

    /// Counters back to nothing, as if the user had never been online.
    mutating func resetCounters(_ command: Command) throws(Trap) {
        for id in try rowIDs(.user, command) {
            guard let row = tables[.user]?[id] else { continue }
            var values = row.values
            values["uptime"] = Word(write(.zero))
            for name in ["bytes-in", "bytes-out", "packets-in", "packets-out"] { values[name] = "0" }
            tables[.user]?.update(id, values)
            announce(.user, row.itemID)
        }
    }

    // MARK: Parts

    private mutating func update(_ menu: Menu, _ row: Table.Row, _ values: [String: Word]) throws(Trap) {
        try checkName(menu, values, exceptFor: row.id)
        tables[menu]?.update(row.id, values)
        if let name = values["name"], name != row.values["name"] {
            renameReferences(to: menu, from: row.name, to: name.text)
        }
        if menu == .user { tables[.user]?[row.id].map { ledger.userChanged($0) } }
        announce(menu, row.itemID)
    }

    private func assign(
        _ attributes: [(name: String, value: Word)],
        to values: inout [String: Word],
        _ menu: Menu
    ) throws(Trap) {
        for (name, value) in attributes {
            guard let property = menu.schema.writable(name, version) else { throw .unknownParameter(name, version) }
            var names: [String] = []
            if case .nameIn(let other, _) = property.kind { names = tables[other]?.rows.map(\.name) ?? [] }
            values[name] = try property.normalised(value, names: names, writeTime: write)
            if property.isRequired, value.bytes.isEmpty { throw .missingValue(name) }
        }
    }

    /// Names are unique; a user's only for its server, by the router's own message (§2.3).
    private func checkName(_ menu: Menu, _ values: [String: Word], exceptFor id: UInt32?) throws(Trap) {
        guard let name = values["name"] else { return }
        let others = (tables[menu]?.rows(named: name) ?? []).filter { $0.id != id }
        if menu == .user {
            guard !others.contains(where: { $0.values["server"] == values["server"] }) else { throw .alreadyHaveUser }
        } else if !others.isEmpty {
            throw Trap("failure: item with such name already exists")
        }
    }

    private mutating func renameReferences(to menu: Menu, from old: String, to new: String) {
        for other in Menu.allCases {
            for property in other.schema.properties {
                guard case .nameIn(menu, _) = property.kind else { continue }
                for row in tables[other]?.rows ?? [] where row.values[property.name] == Word(old) {
                    var values = row.values
                    values[property.name] = Word(new)
                    tables[other]?.update(row.id, values)
                }
            }
        }
    }

    /// The rows a command names; all of them must be there, or nothing happens.
    private func rowIDs(_ menu: Menu, _ command: Command) throws(Trap) -> [UInt32] {
        guard let texts = command.ids else { throw .missingID }
        var ids: [UInt32] = []
        for text in texts {
            guard let id = tables[menu]?.id(text) else { throw .noSuchItem(version) }
            ids.append(id)
        }
        return ids
    }

    func liveIDs(_ menu: Menu, _ command: Command) throws(Trap) -> [String] {
        guard let ids = command.ids else { throw .missingID }
        let present = Set(items(menu).map(\.id))
        guard ids.allSatisfy(present.contains) else { throw .noSuchItem(version) }
        return ids
    }

    private mutating func removeLive(_ menu: Menu, _ id: String) {
        switch menu {
        case .active:
            if let session = active.first(where: { $0.itemID == id }) { logOut(session, .adminReset) }
        case .host:
            if let host = hosts.first(where: { $0.itemID == id }) {
                if let session = session(of: host) { logOut(session, .adminReset) }
                removeHost(host)
            }
        default: removeCookies { $0.itemID == id }
        }
    }

    private mutating func setComments(_ command: Command) throws(Trap) {
        for id in try liveIDs(.active, command) {
            guard let index = active.firstIndex(where: { $0.itemID == id }) else { continue }
            for (name, value) in command.values {
                guard name == "comment" else { throw .unknownParameter(name, version) }
                active[index].comment = value.bytes.isEmpty ? nil : value
            }
            announce(.active, id)
        }
    }
}
