import RouterOS
import RouterOSSimulator
import Shared
import Testing

/// Rules of `active/login` (reference `routeros.md` §2.6, §3).
@Suite struct LoginTests {
    @Test func aLoginMakesASessionAndAuthorizesTheHost() throws {
        let client = try Client()
        client.addUser("F1", "=profile=1h", "=limit-uptime=1h")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.rows("/ip/hotspot/host").first?["authorized"] == "false")
        #expect(client.send("/ip/hotspot/active/login", "=user=F1", "=password=F1", "=ip=10.5.50.1") == [["!done"]])
        client.router.advance(by: .seconds(282))
        let session = try client.rows("/ip/hotspot/active").first.orThrow()
        #expect(session[".id"] == "*A053201")
        #expect(session["user"] == "F1")
        #expect(session["mac-address"] == "\(phone.mac)")
        #expect(session["address"] == "10.5.50.1")
        #expect(session["server"] == "hotspot1")
        #expect(session["uptime"] == "4m42s")
        #expect(session["session-time-left"] == "55m18s")
        #expect(session["keepalive-timeout"] == "2m")
        #expect(client.rows("/ip/hotspot/host").first?["authorized"] == "true")
    }

    @Test func theHostMustBeThereUnderItsTranslatedAddress() throws {
        let client = try Client()
        client.addUser("F1")
        #expect(client.logIn("F1", "10.5.50.12") == "unknown host IP 10.5.50.12")
        client.router.join(try client.phone(11, to: "10.5.50.12"))
        #expect(client.logIn("F1", "10.5.50.11") == "unknown host IP 10.5.50.11")
        #expect(client.logIn("F1", "10.5.50.12") == nil)
        let host = try client.rows("/ip/hotspot/host").first.orThrow()
        #expect((host["address"], host["to-address"], host["dynamic"]) == ("10.5.50.11", "10.5.50.12", "true"))
    }

    @Test(arguments: [
        (["=user=F1", "=password=F1", "=ip=10.5.50.300"], "invalid value for argument ip"),
        (["=user=F1", "=password=F1"], "missing value(s) of argument(s) ip"),
        (["=password=F1", "=ip=10.5.50.1"], "missing value(s) of argument(s) user"),
        (["=user=F1", "=password=F1", "=ip=10.5.50.1", "=server=hotspot1"], "unknown parameter server"),
        (["=user=F1", "=password=F1", "=ip=10.5.50.1", "=mac-address=AA:00:00:00:00:99"], "wrong MAC provided"),
        (
            ["=user=F1", "=password=F1", "=ip=10.5.50.1", "=mac-address=x"],
            "invalid value of mac-address, mac address required"
        ),
        (["=user=F1", "=password=bad", "=ip=10.5.50.1"], "invalid username or password"),
        (["=user=f1", "=password=F1", "=ip=10.5.50.1"], "invalid username or password"),
        (["=user=off", "=password=off", "=ip=10.5.50.1"], "invalid username or password"),
        (["=user=elsewhere", "=password=elsewhere", "=ip=10.5.50.1"], "invalid username or password"),
        (["=user=default-trial", "=password=", "=ip=10.5.50.1"], "invalid username or password"),
        (
            ["=user=locked", "=password=locked", "=ip=10.5.50.1"],
            "user locked is not allowed to log in from this MAC address"
        ),
    ])
    func aWrongLoginIsRefused(words: [String], message: String) throws {
        let client = try Client()
        client.send("/ip/hotspot/add", "=name=hotspot2")
        client.addUser("F1")
        client.addUser("off", "=disabled=yes")
        client.addUser("elsewhere", "=server=hotspot2")
        client.addUser("locked", "=mac-address=AA:00:00:00:00:02")
        client.router.join(try client.phone(1))
        let sentence = Sentence((["/ip/hotspot/active/login"] + words).map { Word($0) })
        let replies = client.router.execute(sentence, session: client.session).replies
        #expect(replies.first?.attribute("message")?.text == message)
        #expect(client.rows("/ip/hotspot/active").isEmpty)
    }

    @Test func theRightMACAndServerGetIn() throws {
        let client = try Client()
        client.addUser("F1", "=server=hotspot1", "=mac-address=AA:00:00:00:00:01")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1", "=mac-address=aa-00-00-00-00-01") == nil)
    }

    @Test func sharedUsersLimitsTheSessionsOfAUser() throws {
        let client = try Client()
        client.addUser("F1", "=profile=1h")
        client.addUser("F2", "=profile=1d")
        client.send("/ip/hotspot/user/profile/set", "=.id=1d", "=shared-users=unlimited")
        for last in 1...4 { client.router.join(try client.phone(last)) }
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        #expect(client.logIn("F1", "10.5.50.2") == "no more sessions are allowed for user")
        #expect(client.logIn("F2", "10.5.50.3") == nil)
        #expect(client.logIn("F2", "10.5.50.4") == nil)
    }

    @Test func aPhoneWithANewMACMeetsItsOwnGhost() throws {
        let client = try Client()
        client.addUser("F1")
        let (old, new) = (try client.phone(1), try client.phone(2))
        client.router.join(old)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.leave(old.mac)
        client.router.join(new)
        #expect(client.logIn("F1", "10.5.50.2") == "no more sessions are allowed for user")
        client.send("/ip/hotspot/active/remove", "=.id=*A053201")
        #expect(client.logIn("F1", "10.5.50.2") == nil)
    }

    @Test func theUptimeLimitCountsAllSessions() throws {
        let client = try Client()
        client.addUser("F1", "=limit-uptime=1h")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.advance(by: .seconds(2_400))
        client.router.signOut(phone.mac)
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["uptime"] == "40m")
        // Time away does not count.
        client.router.advance(by: .seconds(10_000))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        #expect(client.rows("/ip/hotspot/active").first?["session-time-left"] == "20m")
        client.router.advance(by: .seconds(1_200))
        #expect(client.rows("/ip/hotspot/active").isEmpty)
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["uptime"] == "1h")
        #expect(client.logIn("F1", "10.5.50.1") == "your uptime limit is reached")
        // The same row sold once more needs a higher limit.
        client.send("/ip/hotspot/user/set", "=numbers=F1", "=limit-uptime=2h")
        #expect(client.logIn("F1", "10.5.50.1") == nil)
    }

    @Test func bytesAreLimitedAndCountedAtLogout() throws {
        let client = try Client()
        client.addUser("F1", "=limit-bytes-total=1000")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.traffic(phone.mac, bytesIn: 300, bytesOut: 600)
        #expect(client.rows("/ip/hotspot/active").first?["bytes-out"] == "600")
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["bytes-out"] == "0")
        client.router.traffic(phone.mac, bytesIn: 100, bytesOut: 0)
        #expect(client.rows("/ip/hotspot/active").isEmpty)
        let user = try client.rows("/ip/hotspot/user", "?name=F1").first.orThrow()
        #expect((user["bytes-in"], user["bytes-out"]) == ("400", "600"))
        #expect(client.logIn("F1", "10.5.50.1") == "your traffic limit is reached")
        #expect(client.router.ledger.logins.first?.cause == "traffic limit reached")
    }

    @Test func theLicenceLimitsSessions() throws {
        let client = try Client { $0.licenseLevel = 3 }
        client.addUser("F1")
        client.addUser("F2")
        client.router.join(try client.phone(1))
        client.router.join(try client.phone(2))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        #expect(client.logIn("F2", "10.5.50.2") == "session limit reached")
    }

    @Test func aSecondLoginIsRefusedOrReplaces() throws {
        let strict = try Client()
        let lenient = try Client { $0.secondLogin = .replaces }
        for client in [strict, lenient] {
            client.addUser("F1")
            client.addUser("F2")
            client.router.join(try client.phone(1))
            #expect(client.logIn("F1", "10.5.50.1") == nil)
        }
        #expect(strict.logIn("F2", "10.5.50.1") == "already logged in")
        #expect(strict.rows("/ip/hotspot/active").map { $0["user"] } == ["F1"])
        #expect(lenient.logIn("F2", "10.5.50.1") == nil)
        #expect(lenient.logIn("F2", "10.5.50.1") == nil)
        #expect(lenient.rows("/ip/hotspot/active").map { $0["user"] } == ["F2"])
    }

    @Test func removingTheUserLeavesItsSession() throws {
        let client = try Client()
        let id = client.addUser("F1", "=limit-uptime=1h")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.send("/ip/hotspot/user/remove", "=.id=\(id)")
        #expect(client.rows("/ip/hotspot/active").count == 1)
        client.router.advance(by: .seconds(3_600))
        #expect(client.rows("/ip/hotspot/active").isEmpty)
    }

    @Test func anIPBindingKeepsADeviceAwayFromThePortal() throws {
        let client = try Client()
        client.send("/ip/hotspot/ip-binding/add", "=mac-address=AA:00:00:00:00:01", "=type=bypassed")
        client.router.join(try client.phone(1))
        client.router.join(try client.phone(2))
        #expect(client.rows("/ip/hotspot/host").map { $0["bypassed"] } == ["true", "false"])
    }

    @Test func theLedgerKnowsEveryLoginAndRefusal() throws {
        let client = try Client()
        client.addUser("F1", "=comment=compra-1")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F9", "10.5.50.1") != nil)
        client.router.advance(by: .seconds(5))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.advance(by: .seconds(5))
        client.send("/ip/hotspot/active/remove", "=.id=*A053201")
        client.send("/ip/hotspot/user/set", "=.id=*1", "=comment=compra-2")
        client.send("/ip/hotspot/user/remove", "=.id=*1")
        let ledger = client.router.ledger
        #expect(ledger.refusals.map(\.message) == ["invalid username or password"])
        #expect(ledger.logins.map(\.user) == ["F1"])
        #expect(ledger.logins.first?.at == Client.start + .seconds(5))
        #expect(ledger.logins.first?.endedAt == Client.start + .seconds(10))
        #expect(ledger.logins.first?.cause == "admin reset")
        #expect(ledger.users.map(\.comment) == ["compra-2"])
        #expect(ledger.users.first?.addedAt == Client.start)
        #expect(ledger.users.first?.removedAt == Client.start + .seconds(10))
        #expect(ledger.presentUsers.isEmpty)
        #expect(ledger.commands["/ip/hotspot/active/login"] == 2)
    }
}
