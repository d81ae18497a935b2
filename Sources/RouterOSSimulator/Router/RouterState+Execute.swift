import RouterOS
import Shared

extension RouterState {
    /// Carries out a command of a logged-in account and returns its replies, without the tag.
    mutating func perform(_ command: Command, as account: APIUser) -> [Sentence] {
        do {
            return try run(command, as: account)
        } catch {
            return [error.sentence(version), ["!done"]]
        }
    }

    private mutating func run(_ command: Command, as account: APIUser) throws(Trap) -> [Sentence] {
        guard let menu = Menu(rawValue: command.path), menu != .deviceMode || version.hasDeviceMode else {
            throw .noSuchCommandPrefix
        }
        guard menu.verbs(version).contains(command.verb) else { throw .noSuchCommand }
        let isReading = command.isPrint || command.verb == "listen"
        guard account.policies.contains(isReading ? .read : .write) else { throw .notEnoughPermissions }

        switch command.verb {
        case "print", "getall": return try list(menu, command, as: account)
        case "add": return [["!done", Word("=ret=" + (try add(menu, command)))]]
        case "set": try set(menu, command)
        case "unset": try unset(menu, command)
        case "enable": try setDisabled(false, menu, command)
        case "disable": try setDisabled(true, menu, command)
        case "remove": try remove(menu, command)
        case "reset-counters": try resetCounters(command)
        case "login": try loginByAPI(command)
        case "listen":
            // A listen that is right was taken by its session; this one has a word too many.
            throw command.unknownPrintFlag.map { .unknownParameter($0, version) } ?? .noSuchCommand
        default: throw .noSuchCommand
        }
        return [["!done"]]
    }

    // MARK: Print

    private func list(_ menu: Menu, _ command: Command, as account: APIUser) throws(Trap) -> [Sentence] {
        if let flag = command.unknownPrintFlag { throw .unknownParameter(flag, version) }
        var items = menu.isSingle ? single(menu) : items(menu, named: command.query.requiredName)
        if let ids = command.ids {
            let chosen = items.filter { ids.contains($0.id) || ids.contains($0.values["name"]?.text ?? "") }
            guard chosen.count >= ids.count else { throw .noSuchItem(version) }
            items = chosen
        }
        items = items.filter { command.query.matches($0.values, menu.schema) }
        if command["count-only"] != nil { return [["!done", Word("=ret=\(items.count)")]] }
        let rows = items.map { row($0, menu, command.proplist, as: account) }
        return (rows.isEmpty && version.sendsEmpty ? [["!empty"]] : rows) + [["!done"]]
    }

    /// One `!re`: the properties asked for, or all in the menu's order.
    func row(_ item: Item, _ menu: Menu, _ proplist: [String]?, as account: APIUser) -> Sentence {
        var reply: Sentence = ["!re"]
        for name in proplist ?? item.order(menu.schema) {
            guard let value = item.values[name] else { continue }
            if menu.schema[name]?.isSensitive == true, !account.policies.contains(.sensitive) { continue }
            reply.words.append(Word(bytes: Array("=\(name)=".utf8) + value.bytes))
        }
        return reply
    }

    // MARK: Listen

    /// Tells the sessions that listen to the menu about a row that came, changed or went.
    mutating func announce(_ menu: Menu, _ id: String, isGone: Bool = false) {
        for (sessionID, session) in sessions {
            for (tag, listener) in session.listeners where listener.menu == menu {
                let reply: Sentence
                if isGone {
                    reply = ["!re", Word("=.id=\(id)"), version.major < 7 ? "=.dead=yes" : "=.dead=true"]
                } else if let item = items(menu).first(where: { $0.id == id }),
                    listener.query.matches(item.values, menu.schema)
                {
                    reply = row(item, menu, listener.proplist, as: listener.account)
                } else {
                    continue
                }
                sessions[sessionID]?.push(reply.tagged(tag))
            }
        }
    }
}
