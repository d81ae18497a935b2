import RouterOS
import Shared

/// The API as its clients meet it: connections, logins, tags, cancelling, and the faults on the way.
extension RouterState {
    /// A new connection; nil when the router is away or has too many.
    mutating func open(_ session: APISession) -> SessionID? {
        guard downUntil == nil, sessions.values.count(where: \.listensToCommands) < maxSessions else {
            ledger.connectionsRefused += 1
            return nil
        }
        let id = SessionID(number: nextSessionID)
        nextSessionID += 1
        sessions[id] = session
        ledger.connections += 1
        return id
    }

    func account(_ name: String) -> APIUser? {
        configuration.users.first { $0.name == name }
    }

    mutating func execute(_ sentence: Sentence, _ id: SessionID) -> Execution {
        var execution = Execution()
        guard let session = sessions[id], session.listensToCommands, !sentence.words.isEmpty else {
            execution.ending = .closes
            return execution
        }
        let name = sentence.words[0].text
        ledger.commands[name, default: 0] += 1
        ledger.bytesIn += sentence.encodedByteCount
        execution.delay = latency

        guard let fault = takeFault(name) else {
            answer(sentence, id, &execution)
            return held(execution, sentence, id)
        }
        ledger.faults += 1
        apply(fault, sentence, id, &execution)
        return held(execution, sentence, id)
    }

    // MARK: Faults

    private mutating func takeFault(_ command: String) -> Fault.Effect? {
        for index in faults.indices where faults[index].isMeant(for: command) {
            guard faults[index].skipping == 0 else {
                faults[index].skipping -= 1
                continue
            }
            let effect = faults[index].effect
            if let times = faults[index].times {
                if times <= 1 { faults.remove(at: index) } else { faults[index].times = times - 1 }
            }
            return effect
        }
        return nil
    }

    private mutating func apply(
        _ fault: Fault.Effect,
        _ sentence: Sentence,
        _ id: SessionID,
        _ execution: inout Execution
    ) {
        switch fault {
        case .delay(let delay):
            answer(sentence, id, &execution)
            execution.delay += delay
        case .silence(let executes):
            if executes { answer(sentence, id, &execution) }
            execution.replies = []
            hold(sentence, id, &execution)
        case .drop(let executes, let reset):
            if executes { answer(sentence, id, &execution) }
            execution.replies = []
            execution.ending = reset ? .resets : .closes
        case .executeLate(let delay):
            if case .done(let account) = sessions[id]?.login {
                lateCommands.append(LateCommand(dueAt: now + delay, sentence: sentence, user: account.name))
            }
            execution.ending = .closes
        case .twice:
            var first = Execution()
            answer(sentence, id, &first)
            answer(sentence, id, &execution)
        case .garbage(let bytes):
            answer(sentence, id, &execution)
            execution.replies = []
            execution.garbage = bytes
        case .trap(let message):
            let tag = Command(sentence).tag
            execution.replies = [Trap(message).sentence(version).tagged(tag), Sentence(["!done"]).tagged(tag)]
        case .reboot(let duration):
            reboot(downFor: duration)
            execution.ending = .resets
        }
    }

    /// Answers that are not sent at once can be cancelled until they are.
    private mutating func held(_ execution: Execution, _ sentence: Sentence, _ id: SessionID) -> Execution {
        var execution = execution
        for reply in execution.replies { ledger.bytesOut += reply.encodedByteCount }
        ledger.bytesOut += execution.garbage?.count ?? 0
        if execution.delay > .zero, execution.hold == nil { hold(sentence, id, &execution) }
        return execution
    }

    private mutating func hold(_ sentence: Sentence, _ id: SessionID, _ execution: inout Execution) {
        sessions[id]?.held[nextHold] = Command(sentence).tag ?? ""
        execution.hold = nextHold
        nextHold += 1
    }

    // MARK: Commands

    private mutating func answer(_ sentence: Sentence, _ id: SessionID, _ execution: inout Execution) {
        let command = Command(sentence)
        let replies: [Sentence]
        switch (command.path, command.verb) {
        case ("", "login"): replies = logIn(command, id)
        case ("", "quit"):
            execution.ending = .closes
            execution.replies = [["!fatal", "session terminated on request"]]
            return
        default:
            guard case .done(let account) = sessions[id]?.login else {
                execution.ending = .closes
                execution.replies = [["!fatal", "not logged in"]]
                return
            }
            if (command.path, command.verb) == ("", "cancel") {
                execution.replies = cancel(command, id)
                return
            }
            if command.verb == "listen", let listener = listener(command, account) {
                sessions[id]?.listeners[command.tag ?? ""] = listener
                return
            }
            replies = perform(command, as: account)
        }
        execution.replies = replies.map { $0.tagged(command.tag) }
    }

    /// Nil when the listen is wrong; carrying it out then says how.
    private func listener(_ command: Command, _ account: APIUser) -> APISession.Listener? {
        guard let menu = Menu(rawValue: command.path), menu.verbs(version).contains("listen") else { return nil }
        guard account.policies.contains(.read), command.unknownPrintFlag == nil else { return nil }
        return APISession.Listener(menu: menu, query: command.query, proplist: command.proplist, account: account)
    }

    /// Ends what the tag names, or everything: `!trap` of the cancelled, `!done` of the cancel, `!done` of the cancelled
    /// (reference `routeros.md` §1.4).
    private mutating func cancel(_ command: Command, _ id: SessionID) -> [Sentence] {
        guard var session = sessions[id] else { return [] }
        defer { sessions[id] = session }
        let target = command["tag"]
        var tags: [Word] = []
        for tag in session.listeners.keys.sorted(by: { $0.text < $1.text }) where target == nil || tag == target {
            session.listeners[tag] = nil
            tags.append(tag)
        }
        for (hold, tag) in session.held.sorted(by: { $0.key < $1.key }) where target == nil || tag == target {
            session.held[hold] = nil
            tags.append(tag)
        }
        // What a cancelled listen still has to say comes before its end.
        return session.takePushes()
            + tags.map { Trap.interrupted.sentence(version).tagged($0) }
            + [Sentence(["!done"]).tagged(command.tag)]
            + tags.map { Sentence(["!done"]).tagged($0) }
    }
}
