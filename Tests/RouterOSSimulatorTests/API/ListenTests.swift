import RouterOS
import RouterOSSimulator
import Testing

/// Tags, listen and cancel (reference `routeros.md` §1.4).
@Suite struct ListenTests {
    private func pushes(_ client: Client) -> [[String]] {
        client.router.takePushes(client.session).sentences.map { $0.words.map(\.text) }
    }

    @Test func everyReplyCarriesTheTag() throws {
        let client = try Client()
        client.addUser("F1")
        #expect(
            client.send("/ip/hotspot/user/print", "=.proplist=name", "?name=F1", ".tag=a7")
                == [["!re", ".tag=a7", "=name=F1"], ["!done", ".tag=a7"]]
        )
        #expect(
            client.send("/ip/hotspot/user/remove", "=.id=*9", ".tag=8")
                == [["!trap", ".tag=8", "=category=0", "=message=no such item"], ["!done", ".tag=8"]]
        )
        #expect(client.send("/ip/hotspot/host/print", ".tag=9") == [["!empty", ".tag=9"], ["!done", ".tag=9"]])
        #expect(client.send("/ip/hotspot/user/remove", "=.id=*1", ".tag=") == [["!done"]])
    }

    @Test func comingAndGoingIsTold() throws {
        let client = try Client()
        client.addUser("F1")
        #expect(client.send("/ip/hotspot/active/listen", "=.proplist=.id,user", ".tag=5").isEmpty)
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        #expect(pushes(client) == [["!re", ".tag=5", "=.id=*A053201", "=user=F1"]])
        client.send("/ip/hotspot/active/remove", "=.id=*A053201")
        #expect(pushes(client) == [["!re", ".tag=5", "=.id=*A053201", "=.dead=true"]])
        #expect(pushes(client).isEmpty)
    }

    @Test func version6WritesDeadTheOldWay() throws {
        let client = try Client(version: "6.49.17")
        client.send("/ip/hotspot/host/listen", "=.proplist=mac-address", ".tag=5")
        let phone = try client.phone(1)
        client.router.join(phone)
        client.router.leave(phone.mac)
        client.router.advance(by: .seconds(300))
        #expect(
            pushes(client) == [
                ["!re", ".tag=5", "=mac-address=AA:00:00:00:00:01"], ["!re", ".tag=5", "=.id=*1", "=.dead=yes"],
            ]
        )
    }

    @Test func cancelEndsAListen() throws {
        let client = try Client()
        client.send("/ip/hotspot/host/listen", "=.proplist=address", ".tag=5")
        client.router.join(try client.phone(1))
        #expect(
            client.send("/cancel", "=tag=5", ".tag=6") == [
                ["!re", ".tag=5", "=address=10.5.50.1"],
                ["!trap", ".tag=5", "=category=2", "=message=interrupted"],
                ["!done", ".tag=6"], ["!done", ".tag=5"],
            ]
        )
        client.router.join(try client.phone(2))
        #expect(pushes(client).isEmpty)
        #expect(client.send("/cancel", "=tag=5", ".tag=7") == [["!done", ".tag=7"]])
    }

    @Test func cancelWithoutATagEndsEverything() throws {
        let client = try Client()
        client.send("/ip/hotspot/host/listen", ".tag=1")
        client.send("/ip/hotspot/active/listen", ".tag=2")
        #expect(client.send("/cancel").count == 5)
        client.router.join(try client.phone(1))
        #expect(pushes(client).isEmpty)
    }

    @Test func aListenThatCannotBeIsRefused() throws {
        let client = try Client()
        #expect(client.trap("/system/resource/listen") == "no such command")
        #expect(client.trap("/nonsense/listen") == "no such command prefix")
        #expect(client.trap("/ip/hotspot/host/listen", "=x=y") == "unknown parameter x")
    }
}
