import RouterOS
import RouterOSSimulator
import Shared
import Testing

/// What time does: timeouts, expiry, MAC cookies (reference `routeros.md` §4, §6).
@Suite struct ClockTests {
    /// A client whose router lets devices back in by MAC cookie.
    private func client(_ change: (inout SimulatorConfiguration) -> Void = { _ in }) throws -> Client {
        let client = try Client(change)
        client.send("/ip/hotspot/profile/set", "=.id=hsprof1", "=login-by=cookie,http-chap,mac-cookie")
        return client
    }

    @Test func aSilentPhoneIsLoggedOutAndThenForgotten() throws {
        let client = try client()
        client.addUser("F1")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.advance(by: .seconds(7_200))
        #expect(client.rows("/ip/hotspot/active").count == 1, "a phone that is there stays")
        client.router.leave(phone.mac)
        client.router.advance(by: .seconds(119))
        #expect(client.rows("/ip/hotspot/active").first?["idle-time"] == "1m59s")
        client.router.advance(by: .seconds(1))
        #expect(client.rows("/ip/hotspot/active").isEmpty)
        #expect(client.router.ledger.logins.first?.cause == "keepalive timeout")
        client.router.advance(by: .seconds(179))
        #expect(client.rows("/ip/hotspot/host").map { $0["authorized"] } == ["false"])
        client.router.advance(by: .seconds(1))
        #expect(client.rows("/ip/hotspot/host").isEmpty)
    }

    @Test func theIdleTimeoutEndsASessionToo() throws {
        let client = try client()
        client.send("/ip/hotspot/user/profile/set", "=.id=1h", "=keepalive-timeout=none", "=idle-timeout=10m")
        client.addUser("F1", "=profile=1h")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.leave(phone.mac)
        client.router.advance(by: .seconds(599))
        #expect(client.rows("/ip/hotspot/active").count == 1)
        client.router.advance(by: .seconds(1))
        #expect(client.router.ledger.logins.first?.cause == "idle timeout")
    }

    @Test func withoutTimeoutsASessionStaysAsAGhost() throws {
        let client = try client()
        client.send("/ip/hotspot/user/profile/set", "=.id=1h", "=keepalive-timeout=none")
        client.addUser("F1", "=profile=1h")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.leave(phone.mac)
        client.router.advance(by: .seconds(100_000))
        #expect(client.rows("/ip/hotspot/active").count == 1)
    }

    @Test func oneLongStepIsTheSameAsManyShortOnes() throws {
        func run(_ steps: Int) throws -> Ledger {
            let client = try client()
            client.addUser("F1", "=limit-uptime=10m")
            client.addUser("F2", "=limit-uptime=5m")
            for last in 1...2 { client.router.join(try client.phone(last)) }
            #expect(client.logIn("F1", "10.5.50.1") == nil)
            #expect(client.logIn("F2", "10.5.50.2") == nil)
            client.router.leave(try client.phone(1).mac)
            for _ in 0..<steps { client.router.advance(by: .seconds(1_200 / steps)) }
            return client.router.ledger
        }
        let (one, many) = (try run(1), try run(1_200))
        #expect(one.logins == many.logins)
        #expect(one.logins.map(\.cause) == ["keepalive timeout", "session timeout"])
        #expect(one.logins.map { ($0.endedAt ?? $0.at) - $0.at } == [.seconds(120), .seconds(300)])
    }

    @Test func theCookieLetsAPhoneBackInWithoutTheBox() throws {
        let client = try client()
        client.addUser("F1", "=limit-uptime=1h")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        let cookie = try client.rows("/ip/hotspot/cookie").first.orThrow()
        #expect((cookie["user"], cookie["mac-cookie"], cookie["expires-in"]) == ("F1", "true", "3d"))
        client.router.leave(phone.mac)
        client.router.advance(by: .seconds(1_000))
        #expect(client.rows("/ip/hotspot/host").isEmpty)
        #expect(client.rows("/ip/hotspot/cookie").first?["expires-in"] == "2d23h45m20s", "it lives from the logout on")
        client.router.join(phone)
        #expect(client.rows("/ip/hotspot/active").map { $0["login-by"] } == ["mac-cookie"])
        #expect(client.router.ledger.logins.map(\.by) == ["http-pap", "mac-cookie"])
        // It came back after 2 of its 60 minutes.
        #expect(client.rows("/ip/hotspot/active").first?["session-time-left"] == "58m")
    }

    @Test func aPhoneThatWakesBeforeItsHostIsForgottenComesBackToo() throws {
        let client = try client()
        client.addUser("F1")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.leave(phone.mac)
        client.router.advance(by: .seconds(200))
        client.router.join(phone)
        #expect(client.rows("/ip/hotspot/active").count == 1)
        #expect(client.rows("/ip/hotspot/host").count == 1)
    }

    @Test(arguments: ["server profile", "user profile", "switch"])
    func thereIsNoCookieUnlessAllAgree(missing: String) throws {
        let client = try client { $0.apiLoginWritesCookie = missing != "switch" }
        if missing == "server profile" {
            client.send("/ip/hotspot/profile/set", "=.id=hsprof1", "=login-by=cookie,http-chap")
        }
        if missing == "user profile" {
            client.send("/ip/hotspot/user/profile/set", "=.id=default", "=add-mac-cookie=no")
        }
        client.addUser("F1")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        #expect(client.rows("/ip/hotspot/cookie").isEmpty)
    }

    @Test func aPortalLoginWritesTheCookieWhateverTheSwitchSays() throws {
        let client = try client { $0.apiLoginWritesCookie = false }
        client.addUser("F1")
        let phone = try client.phone(1)
        #expect(client.router.signIn(phone.mac, user: "F1", password: "F1") == "you are not connected")
        client.router.join(phone)
        #expect(client.router.signIn(phone.mac, user: "F1", password: "x") == "invalid username or password")
        #expect(client.router.signIn(phone.mac, user: "F1", password: "F1") == nil)
        #expect(client.rows("/ip/hotspot/cookie").count == 1)
        #expect(client.router.ledger.logins.map(\.by) == ["http-chap"])
    }

    @Test(arguments: [
        ("admin reset", true), ("user request", true), ("session timeout", true), ("traffic limit reached", true),
        ("keepalive timeout", false),
    ])
    func someEndsTakeTheCookieWithThem(cause: String, isGone: Bool) throws {
        let client = try client()
        client.addUser("F1", "=limit-uptime=1h", "=limit-bytes-out=1000")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        switch cause {
        case "admin reset": client.send("/ip/hotspot/active/remove", "=.id=*A053201")
        case "user request": client.router.signOut(phone.mac)
        case "session timeout": client.router.advance(by: .seconds(3_600))
        case "traffic limit reached": client.router.traffic(phone.mac, bytesIn: 0, bytesOut: 1_000)
        default:
            client.router.leave(phone.mac)
            client.router.advance(by: .seconds(120))
        }
        #expect(client.router.ledger.logins.map(\.cause) == [cause])
        #expect(client.rows("/ip/hotspot/cookie").isEmpty == isGone)
    }

    @Test func aProfilesSessionTimeoutEndsTheSession() throws {
        let client = try client()
        client.send("/ip/hotspot/user/profile/set", "=.id=1h", "=session-timeout=10m")
        client.addUser("F1", "=profile=1h", "=limit-uptime=1h")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        #expect(client.rows("/ip/hotspot/active").first?["session-time-left"] == "10m")
        client.router.advance(by: .seconds(600))
        #expect(client.router.ledger.logins.first?.cause == "session timeout")
    }

    @Test func aCookieWhoseLoginFailsIsGone() throws {
        let client = try client()
        let id = client.addUser("F1")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.leave(phone.mac)
        client.router.advance(by: .seconds(600))
        client.send("/ip/hotspot/user/remove", "=.id=\(id)")
        #expect(client.rows("/ip/hotspot/cookie").count == 1, "removing the user leaves it")
        client.router.join(phone)
        #expect(client.rows("/ip/hotspot/active").isEmpty)
        #expect(client.rows("/ip/hotspot/cookie").isEmpty)
        #expect(client.router.ledger.refusals.map(\.by) == ["mac-cookie"])
    }

    @Test func twoHostsWithOneMACLoseTheCookie() throws {
        let client = try client()
        client.addUser("F1")
        let phone = try client.phone(1)
        client.router.join(phone)
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.leave(phone.mac)
        client.router.advance(by: .seconds(200))
        client.router.join(try client.phone(1, ip: "10.5.50.77"))
        #expect(client.rows("/ip/hotspot/host").count == 2)
        #expect(client.rows("/ip/hotspot/active").isEmpty)
        #expect(client.rows("/ip/hotspot/cookie").isEmpty)
        client.router.join(try client.phone(1, ip: "10.5.50.78"))
        #expect(client.rows("/ip/hotspot/host").count == 2, "two addresses for a MAC and no more")
    }

    @Test func cookiesExpireAndCanBeRemoved() throws {
        let client = try client()
        client.addUser("F1")
        client.addUser("F2")
        for last in 1...2 { client.router.join(try client.phone(last)) }
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        #expect(client.logIn("F2", "10.5.50.2") == nil)
        let ids = client.rows("/ip/hotspot/cookie").compactMap { $0[".id"] }
        client.send("/ip/hotspot/cookie/remove", "=.id=\(ids[0])")
        #expect(client.rows("/ip/hotspot/cookie").map { $0["user"] } == ["F2"])
        client.router.advance(by: .seconds(3 * 86_400))
        #expect(client.rows("/ip/hotspot/cookie").isEmpty)
    }

    @Test func anAddressBelongsToOnePhone() throws {
        let client = try client()
        client.addUser("F1")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.join(try client.phone(2, ip: "10.5.50.1"))
        #expect(client.rows("/ip/hotspot/host").map { $0["mac-address"] } == ["AA:00:00:00:00:02"])
        #expect(client.rows("/ip/hotspot/active").isEmpty)
    }

    @Test func removingAHostEndsItsSession() throws {
        let client = try client()
        client.addUser("F1")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.send("/ip/hotspot/host/remove", "=.id=*1")
        #expect(client.rows("/ip/hotspot/host").isEmpty)
        #expect(client.rows("/ip/hotspot/active").isEmpty)
    }

    @Test(arguments: [true, false])
    func aRebootKeepsUsersAndByTheSwitchCookies(cookiesStay: Bool) throws {
        let client = try client { $0.cookiesSurviveReboot = cookiesStay }
        client.addUser("F1")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.advance(by: .seconds(60))
        client.router.reboot(downFor: .seconds(90))
        #expect(client.router.openSession() == nil)
        #expect(!client.router.takePushes(client.session).isOpen)
        #expect(client.router.execute(["/ip/hotspot/user/print"], session: client.session).ending == .closes)
        client.router.advance(by: .seconds(89))
        #expect(client.router.openSession() == nil)
        client.router.advance(by: .seconds(1))
        let tables = client.router.tables
        #expect(client.router.openSession() != nil)
        #expect(tables["/ip/hotspot/user"]?.last?["uptime"] == "0s", "the power took it")
        #expect(tables["/ip/hotspot/host"]?.count == 1, "the phone is still there")
        #expect(tables["/ip/hotspot/active"]?.count == (cookiesStay ? 1 : 0))
        #expect(tables["/system/resource"]?.first?["uptime"] == "0s")
        #expect(client.router.ledger.connectionsRefused == 2)
    }

    @Test func resetIsANewRouter() throws {
        let client = try client()
        client.addUser("F1")
        client.router.join(try client.phone(1))
        client.router.advance(by: .seconds(60))
        client.router.reset()
        #expect(!client.router.takePushes(client.session).isOpen)
        #expect(client.router.now == Client.start)
        #expect(client.router.tables["/ip/hotspot/user"]?.count == 1)
        #expect(client.router.ledger.users.isEmpty)
        let session = try client.router.openSession(loggedInAs: "fichas").orThrow()
        #expect(session != client.session)
    }
}
