import RouterOS
import RouterOSSimulator
import Shared
import Testing

@Suite struct FaultTests {
    private func add(_ client: Client, _ name: String) -> Execution {
        client.router.execute(["/ip/hotspot/user/add", Word("=name=\(name)"), ".tag=3"], session: client.session)
    }

    private func names(_ client: Client) -> [String] {
        client.router.ledger.users.map(\.name)
    }

    @Test func aDelayedAnswerHasTakenEffectAndCanBeCancelled() throws {
        let client = try Client()
        client.router.add(Fault(.delay(.seconds(9))))
        let execution = add(client, "F1")
        #expect(execution.delay == .seconds(9))
        #expect(execution.replies == [["!done", ".tag=3", "=ret=*1"]])
        #expect(names(client) == ["F1"])
        let hold = try #require(execution.hold)
        #expect(
            client.send("/cancel", "=tag=3", ".tag=4") == [
                ["!trap", ".tag=3", "=category=2", "=message=interrupted"], ["!done", ".tag=4"], ["!done", ".tag=3"],
            ]
        )
        #expect(!client.router.release(hold, session: client.session))
        client.router.add(Fault(.delay(.seconds(9))))
        let second = try #require(add(client, "F2").hold)
        #expect(client.router.release(second, session: client.session))
    }

    /// What a hAP lite under load does: the login works and is answered late.
    @Test func aSlowLogin() throws {
        let client = try Client()
        client.router.add(Fault(.delay(.seconds(9)), on: "/login", times: nil))
        let session = try client.router.openSession().orThrow()
        let login: Sentence = ["/login", "=name=fichas", "=password=secret"]
        let execution = client.router.execute(login, session: session)
        #expect(execution.delay == .seconds(9))
        #expect(execution.replies == [["!done"]])
        #expect(client.router.execute(["/system/identity/print"], session: session).delay == .zero)
    }

    @Test(arguments: [true, false])
    func silence(executes: Bool) throws {
        let client = try Client()
        client.router.add(Fault(.silence(executes: executes)))
        let execution = add(client, "F1")
        #expect(execution.replies.isEmpty)
        #expect(execution.ending == .staysOpen)
        #expect(names(client) == (executes ? ["F1"] : []))
        #expect(client.send("/cancel", "=tag=3").count == 3)
    }

    @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
    func aLostConnection(executes: Bool, reset: Bool) throws {
        let client = try Client()
        client.router.add(Fault(.drop(executes: executes, reset: reset)))
        let execution = add(client, "F1")
        #expect(execution.replies.isEmpty)
        #expect(execution.ending == (reset ? .resets : .closes))
        #expect(names(client) == (executes ? ["F1"] : []))
        #expect(add(client, "F2").ending == .closes)
        #expect(names(client) == (executes ? ["F1"] : []))
    }

    @Test func aCommandCanArriveTwice() throws {
        let client = try Client()
        client.router.add(Fault(.twice))
        let replies = add(client, "F1").replies
        #expect(replies.first?.words.first == "!trap")
        #expect(replies.first?.words.contains { $0.text.contains("already have user") } == true)
        #expect(names(client) == ["F1"])
        #expect(add(client, "F2").replies.first?.words.first == "!done")
    }

    @Test func aCommandCanTakeEffectAfterItsConnectionIsGone() throws {
        let client = try Client()
        client.router.add(Fault(.executeLate(after: .seconds(20)), on: "/ip/hotspot/user/add"))
        #expect(add(client, "F1").ending == .closes)
        client.router.advance(by: .seconds(19))
        #expect(names(client).isEmpty)
        client.router.advance(by: .seconds(1))
        #expect(names(client) == ["F1"])
        #expect(client.router.ledger.users.first?.addedAt == Client.start + .seconds(20))
    }

    @Test func garbageAndRefusals() throws {
        let client = try Client()
        client.router.add(Fault(.garbage([0xFF, 0x00])))
        let garbage = add(client, "F1")
        #expect(garbage.garbage == [0xFF, 0x00])
        #expect(garbage.replies.isEmpty)
        client.router.add(Fault(.trap("not enough permissions (9)")))
        #expect(
            add(client, "F2").replies == [
                ["!trap", ".tag=3", "=message=not enough permissions (9)"], ["!done", ".tag=3"],
            ]
        )
        #expect(names(client) == ["F1"])
    }

    @Test func aPowerCutBeforeTheCommand() throws {
        let client = try Client()
        client.router.add(Fault(.reboot(downFor: .seconds(60))))
        #expect(add(client, "F1").ending == .resets)
        #expect(names(client).isEmpty)
        #expect(client.router.openSession() == nil)
        client.router.advance(by: .seconds(60))
        #expect(client.router.openSession() != nil)
    }

    @Test func faultsStrikeWhomTheyAreMeantFor() throws {
        let client = try Client()
        client.router.add(Fault(.trap("no"), on: "/ip/hotspot/user", skipping: 1, times: 2))
        #expect(client.trap("/ip/hotspot/host/print") == nil)
        #expect(client.trap("/ip/hotspot/user/print") == nil)
        #expect(client.trap("/ip/hotspot/user/profile/print") == "no")
        #expect(client.trap("/ip/hotspot/user/print") == "no")
        #expect(client.trap("/ip/hotspot/user/print") == nil)
        #expect(client.router.faults.isEmpty)
        #expect(client.router.ledger.faults == 2)
        client.router.add(Fault(.trap("always"), times: nil))
        for _ in 0..<3 { #expect(client.trap("/ip/hotspot/user/print") == "always") }
        client.router.clearFaults()
        #expect(client.trap("/ip/hotspot/user/print") == nil)
    }

    @Test func everyCommandTakesTheLatency() throws {
        let client = try Client()
        client.router.setLatency(.milliseconds(5))
        #expect(add(client, "F1").delay == .milliseconds(5))
    }

    @Test func theConsoleKnowsNoFaults() throws {
        let client = try Client()
        client.router.add(Fault(.silence(executes: false), times: nil))
        client.router.console(["/ip/hotspot/user/add", "=name=F1"])
        client.router.addUserProfile("1w", ["shared-users": "2"])
        #expect(names(client) == ["F1"])
        #expect(client.router.tables["/ip/hotspot/user/profile"]?.last?["shared-users"] == "2")
        #expect(client.router.ledger.commands.isEmpty)
    }
}
