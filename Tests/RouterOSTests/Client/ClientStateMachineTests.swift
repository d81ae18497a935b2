import Testing

@testable import RouterOS

/// Transcripts: requests and connections are named by strings.
struct ClientStateMachineTests {
    private typealias Machine = ClientStateMachine<String, String>

    @Test func `requests wait while a connection is made, and go out in order`() {
        var machine = Machine()
        #expect(machine.submit("A", id: 1).text == "wait")
        #expect(machine.submit("B", id: 2).text == "wait")
        #expect(machine.submit("C", id: 3).text == "wait")
        #expect(machine.withdraw(2).text == "not sent B")
        #expect(machine.withdraw(2).text == "none")
        #expect(machine.connected("first") == ["A", "C"])
        #expect(machine.submit("D", id: 4).text == "send over first")
        #expect(machine.withdraw(4).text == "ask first")
    }

    @Test func `after a failed attempt requests fail until the next`() {
        var machine = Machine()
        #expect(machine.submit("A", id: 1).text == "wait")
        #expect(machine.failed(.unreachable("x")) == ["A"])
        #expect(machine.submit("B", id: 2).text == "refuse unreachable(\"x\")")
        #expect(machine.withdraw(2).text == "none")
        machine.attempting()
        #expect(machine.submit("C", id: 3).text == "wait")
        machine.attempting()
        #expect(machine.connected("first") == ["C"])
    }

    @Test func `after a useful connection requests wait for the next`() {
        var machine = Machine()
        #expect(machine.connected("first") == [])
        machine.lost(.silent, wasUseful: true)
        #expect(machine.submit("A", id: 1).text == "wait")
        machine.attempting()
        #expect(machine.connected("second") == ["A"])
    }

    @Test func `after a useless connection requests fail`() {
        var machine = Machine()
        #expect(machine.connected("first") == [])
        machine.lost(.fatal(reason: "x"), wasUseful: false)
        #expect(machine.submit("A", id: 1).text == "refuse fatal(reason: \"x\")")
    }

    @Test func `what comes after the end is refused`() {
        var machine = Machine()
        #expect(machine.failed(.unreachable("x")) == [])
        #expect(machine.failed(.stopped) == [])
        #expect(machine.submit("A", id: 1).text == "refuse stopped")
    }
}

extension ClientStateMachine.SubmitAction {
    fileprivate var text: String {
        switch self {
        case .send(let connection): "send over \(connection)"
        case .wait: "wait"
        case .refuse(let failure): "refuse \(failure)"
        }
    }
}

extension ClientStateMachine.WithdrawAction {
    fileprivate var text: String {
        switch self {
        case .notSent(let request): "not sent \(request)"
        case .ask(let connection): "ask \(connection)"
        case .none: "none"
        }
    }
}
