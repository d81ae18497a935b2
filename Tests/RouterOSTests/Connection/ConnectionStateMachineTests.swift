import Shared
import Testing

@testable import RouterOS

/// Transcripts: what happens, then what must be done about it.
struct ConnectionStateMachineTests {
    // MARK: Login

    @Test func `a router since 6.43 takes the plain login`() {
        var machine = makeMachine()
        #expect(machine.connected() == ["/login", "=name=admin", "=password=secret"])
        #expect(machine.received(["!done"]).text == "logged in")
    }

    @Test func `a router before 6.43 is answered its challenge`() {
        var machine = makeMachine()
        _ = machine.connected()
        let challenge: Sentence = ["!done", "=ret=856780b7411eefd3abadee2058c149a3"]
        #expect(
            machine.received(challenge).text
                == "write /login =name=admin =response=009622e621f0892961a28bcf7a0cea13e4"
        )
        // Another challenge is not answered again and again.
        #expect(machine.received(challenge).text == "logged in")
    }

    @Test func `what is no challenge is a login`() {
        for ret in [
            "*1", "856780b7411eefd3abadee2058c149a", "zz6780b7411eefd3abadee2058c149a3",
            "+16780b7411eefd3abadee2058c149a3",
        ] {
            var machine = makeMachine()
            _ = machine.connected()
            #expect(machine.received(["!done", Word("=ret=\(ret)")]).text == "logged in", "\(ret)")
        }
    }

    @Test func `a refused login ends the connection`() {
        var machine = makeMachine()
        _ = machine.connected()
        let action = machine.received(["!trap", "=message=invalid user name or password (6)"])
        #expect(action.text == "close loginRejected(message: \"invalid user name or password (6)\")")
        #expect(machine.received(["!done"]).text == "none")
    }

    @Test func `a refused answer to the challenge ends the connection`() {
        var machine = makeMachine()
        _ = machine.connected()
        _ = machine.received(["!done", "=ret=856780b7411eefd3abadee2058c149a3"])
        #expect(
            machine.received(["!trap", "=message=cannot log in"]).text
                == "close loginRejected(message: \"cannot log in\")"
        )
    }

    @Test func `other replies during login change nothing`() {
        var machine = makeMachine()
        _ = machine.connected()
        #expect(machine.received(["!re", "=a=b"]).text == "none")
        #expect(machine.received(["!empty"]).text == "none")
        #expect(machine.received(["!done"]).text == "logged in")
    }

    @Test func `a reason for closing stands in a bare word`() {
        var machine = makeMachine()
        _ = machine.connected()
        #expect(machine.received(["!fatal", "not logged in"]).text == "close fatal(reason: \"not logged in\")")
    }

    // MARK: Requests

    @Test func `a request is answered under its tag`() {
        var machine = makeReady()
        #expect(machine.send(["/a/print"], id: 7, for: "A").text == "write /a/print .tag=7")
        #expect(machine.received(["!re", ".tag=7", "=.id=*1", "=name=x"]).text == "none")
        #expect(machine.received(["!re", "=.id=*2", ".tag=7"]).text == "none")
        #expect(machine.received(["!done", ".tag=7", "=ret=*1F"]).text == "finish A: 2 rows, ret *1F")
    }

    @Test func `replies interleave`() {
        var machine = makeReady()
        _ = machine.send(["/a"], id: 1, for: "A")
        _ = machine.send(["/b"], id: 2, for: "B")
        #expect(machine.received(["!re", ".tag=2"]).text == "none")
        #expect(machine.received(["!re", ".tag=1"]).text == "none")
        #expect(machine.received(["!re", ".tag=2"]).text == "none")
        #expect(machine.received(["!done", ".tag=1"]).text == "finish A: 1 rows, ret -")
        #expect(machine.received(["!done", ".tag=2"]).text == "finish B: 2 rows, ret -")
    }

    @Test func `an empty answer of 7.18 is no rows`() {
        var machine = makeReady()
        _ = machine.send(["/a"], id: 1, for: "A")
        #expect(machine.received(["!empty", ".tag=1"]).text == "none")
        #expect(machine.received(["!done", ".tag=1"]).text == "finish A: 0 rows, ret -")
    }

    @Test func `of several traps the first that is understood counts`() {
        var machine = makeReady()
        _ = machine.send(["/a"], id: 1, for: "A")
        #expect(machine.received(["!trap", ".tag=1", "=message=action failed (6)"]).text == "none")
        #expect(machine.received(["!trap", ".tag=1", "=category=0", "=message=no such item"]).text == "none")
        #expect(machine.received(["!trap", ".tag=1", "=message=unknown parameter x"]).text == "none")
        #expect(machine.received(["!done", ".tag=1"]).text == "finish A: trap no such item (category 0)")
    }

    @Test func `sentences of an unknown kind or tag are skipped`() {
        var machine = makeReady()
        _ = machine.send(["/a"], id: 1, for: "A")
        for sentence: Sentence in [
            ["!new", ".tag=1"], ["!done"], ["!done", ".tag=2"], ["!re", ".tag=x"], ["!trap", "=message=m"],
        ] {
            #expect(machine.received(sentence).text == "none")
        }
        #expect(machine.received(["!done", ".tag=1"]).text == "finish A: 0 rows, ret -")
    }

    @Test func `what is no reply ends the connection`() {
        var machine = makeReady()
        _ = machine.send(["/a"], id: 1, for: "A")
        #expect(
            machine.received(["HTTP/1.1 400 Bad Request"]).text
                == "close protocolViolation(\"a sentence that is no reply\") written A"
        )
    }

    @Test func `a reply larger than the limit fails alone, once it is over`() {
        var machine = makeReady()
        _ = machine.send(["/a"], id: 1, for: "A")
        _ = machine.send(["/b"], id: 2, for: "B")
        let row: Sentence = ["!re", ".tag=1", Word("=x=" + String(repeating: "x", count: 60_000))]
        for _ in 0..<100 { #expect(machine.received(row).text == "none") }
        #expect(machine.received(["!done", ".tag=2"]).text == "finish B: 0 rows, ret -")
        #expect(machine.received(["!done", ".tag=1"]).text == "finish A: invalid reply")
    }

    @Test func `a reply of more rows than the limit fails`() {
        var machine = makeReady()
        _ = machine.send(["/a"], id: 1, for: "A")
        for _ in 0..<ReplyCollector.maxRows { _ = machine.received(["!re", ".tag=1"]) }
        _ = machine.send(["/b"], id: 2, for: "B")
        for _ in 0...ReplyCollector.maxRows { _ = machine.received(["!re", ".tag=2"]) }
        #expect(machine.received(["!done", ".tag=1"]).text == "finish A: \(ReplyCollector.maxRows) rows, ret -")
        #expect(machine.received(["!done", ".tag=2"]).text == "finish B: invalid reply")
    }

    // MARK: Slots

    @Test func `sixteen requests are in flight and the rest waits in order`() {
        var machine = makeReady()
        for id in UInt64(1)...16 { #expect(machine.send(["/a"], id: id, for: "\(id)").text == "write /a .tag=\(id)") }
        #expect(machine.send(["/b"], id: 17, for: "17").text == "wait")
        #expect(machine.send(["/c"], id: 18, for: "18").text == "wait")
        #expect(machine.received(["!done", ".tag=5"]).text == "finish 5: 0 rows, ret -, then write /b .tag=17")
        #expect(machine.received(["!done", ".tag=17"]).text == "finish 17: 0 rows, ret -, then write /c .tag=18")
        #expect(machine.received(["!done", ".tag=1"]).text == "finish 1: 0 rows, ret -")
    }

    @Test func `giving up a written request leaves its slot taken until the router answers`() {
        var machine = makeReady()
        for id in UInt64(1)...17 { _ = machine.send(["/a"], id: id, for: "\(id)") }
        #expect(machine.giveUp(3).text == "unknown 3")
        #expect(machine.giveUp(3).text == "none")
        #expect(machine.received(["!done", ".tag=3"]).text == "finish nobody: 0 rows, ret -, then write /a .tag=17")
    }

    @Test func `giving up a waiting request takes it out`() {
        var machine = makeReady()
        for id in UInt64(1)...18 { _ = machine.send(["/a"], id: id, for: "\(id)") }
        #expect(machine.giveUp(17).text == "not sent 17")
        #expect(machine.giveUp(17).text == "none")
        #expect(machine.received(["!done", ".tag=1"]).text == "finish 1: 0 rows, ret -, then write /a .tag=18")
    }

    // MARK: Ends

    @Test func `a written request that is not answered in time takes the connection with it`() {
        var machine = makeReady()
        for id in UInt64(1)...18 { _ = machine.send(["/a"], id: id, for: "\(id)") }
        _ = machine.giveUp(2)
        for id in UInt64(4)...16 { _ = machine.giveUp(id) }
        #expect(machine.timeOut(3).text == "close timed out 3 written 1 waiting 17 18")
        #expect(machine.timeOut(1).text == "none")
        #expect(machine.send(["/b"], id: 19, for: "19").text == "refuse silent")
    }

    @Test func `a waiting request whose time is over leaves the connection alone`() {
        var machine = makeReady()
        for id in UInt64(1)...17 { _ = machine.send(["/a"], id: id, for: "\(id)") }
        #expect(machine.timeOut(17).text == "not sent 17")
        #expect(machine.received(["!done", ".tag=1"]).text == "finish 1: 0 rows, ret -")
        #expect(machine.timeOut(1).text == "none")
    }

    @Test func `a fatal reply tells written from waiting`() {
        var machine = makeReady()
        for id in UInt64(1)...17 { _ = machine.send(["/a"], id: id, for: "\(id)") }
        for id in UInt64(3)...16 { _ = machine.giveUp(id) }
        #expect(
            machine.received(["!fatal", "session terminated on request"]).text
                == "close fatal(reason: \"session terminated on request\") written 1 2 waiting 17"
        )
        #expect(machine.fail(.lost("x")) == nil)
    }

    @Test func `the first reason for the end stays`() {
        var machine = makeReady()
        #expect(machine.fail(.lost("reset")) != nil)
        #expect(machine.fail(.silent) == nil)
        #expect(machine.send(["/a"], id: 1, for: "A").text == "refuse lost(\"reset\")")
        #expect(machine.received(["!fatal", "late"]).text == "none")
    }
}

// MARK: - Reading what is returned

private func makeMachine() -> ConnectionStateMachine<String> {
    ConnectionStateMachine(credentials: Credentials(username: "admin", password: Secret("secret")))
}

private func makeReady() -> ConnectionStateMachine<String> {
    var machine = makeMachine()
    _ = machine.connected()
    _ = machine.received(["!done"])
    return machine
}

private func line(_ sentence: Sentence) -> String { sentence.words.map(\.text).joined(separator: " ") }

extension ConnectionStateMachine.SendAction {
    fileprivate var text: String {
        switch self {
        case .write(let sentence): "write " + line(sentence)
        case .wait: "wait"
        case .refuse(let failure): "refuse \(failure)"
        }
    }
}

extension ConnectionStateMachine.Unfinished {
    fileprivate var text: String {
        (written.isEmpty ? "" : " written " + written.map { "\($0)" }.joined(separator: " "))
            + (waiting.isEmpty ? "" : " waiting " + waiting.map { "\($0)" }.joined(separator: " "))
    }
}

extension ConnectionStateMachine.ReceiveAction {
    fileprivate var text: String {
        switch self {
        case .none: "none"
        case .write(let sentence): "write " + line(sentence)
        case .loggedIn: "logged in"
        case .close(let failure, let unfinished): "close \(failure)" + unfinished.text
        case .finish(let finished):
            "finish \(finished.request.map { "\($0)" } ?? "nobody"): \(describe(finished.result))"
                + (finished.next.map { ", then write " + line($0) } ?? "")
        }
    }

    private func describe(_ result: Result<Reply, RouterOSError>) -> String {
        switch result {
        case .success(let reply): "\(reply.rows.count) rows, ret \(reply.returned?.text ?? "-")"
        case .failure(.trap(let trap)):
            "trap \(trap.message)" + (trap.category.map { " (category \($0))" } ?? "")
        case .failure(.invalidReply): "invalid reply"
        case .failure(let error): "\(error)"
        }
    }
}

extension RequestSlots.GiveUpAction {
    fileprivate var text: String {
        switch self {
        case .none: "none"
        case .notSent(let request): "not sent \(request)"
        case .outcomeUnknown(let request): "unknown \(request)"
        }
    }
}

extension ConnectionStateMachine.TimeOutAction {
    fileprivate var text: String {
        switch self {
        case .none: "none"
        case .notSent(let request): "not sent \(request)"
        case .close(let request, let unfinished): "close timed out \(request)" + unfinished.text
        }
    }
}
