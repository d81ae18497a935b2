import RouterOS
import RouterOSSimulator
import Testing

/// Rules of `add`, `set`, `remove` and `print` on the tables a client writes (reference `routeros.md` §1.2, §2.3, §3).
@Suite struct RowsTests {
    private static let added = "/ip/hotspot/user/add"

    @Test func aNewUserHasTheRoutersDefaults() throws {
        let client = try Client()
        #expect(client.send(Self.added, "=name=F1", "=limit-uptime=24h", "=comment=a=b") == [["!done", "=ret=*1"]])
        #expect(
            client.rows("/ip/hotspot/user", "?name=F1") == [
                [
                    ".id": "*1", "name": "F1", "password": "", "profile": "default", "limit-uptime": "1d",
                    "uptime": "0s", "bytes-in": "0", "bytes-out": "0", "packets-in": "0", "packets-out": "0",
                    "dynamic": "false", "disabled": "false", "comment": "a=b",
                ]
            ]
        )
    }

    @Test func theTrialUserIsAlwaysThere() throws {
        let client = try Client()
        let rows = client.rows("/ip/hotspot/user")
        #expect(rows.map { $0["name"] } == ["default-trial"])
        #expect(rows.first?["default"] == "true")
        #expect(client.trap("/ip/hotspot/user/remove", "=.id=*0") == "failure: cannot remove default")
    }

    /// The trap for clients: the beginning of one name is taken for it, without a word.
    @Test func theBeginningOfAnotherNameIsTakenSilently() throws {
        let client = try Client { $0.userProfiles = ["1hora", "1d"] }
        #expect(client.trap(Self.added, "=name=F1", "=profile=1h", "=server=hot") == nil)
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["profile"] == "1hora")
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["server"] == "hotspot1")
    }

    @Test func aNameIsUniqueForItsServer() throws {
        let client = try Client()
        client.addUser("F1")
        let already = "failure: already have user with this name for this server"
        #expect(client.send(Self.added, "=name=F1") == [["!trap", "=message=\(already)"], ["!done"]])
        #expect(client.send(Self.added, "=name=F1", "=server=hotspot1") == [["!done", "=ret=*2"]])
        #expect(client.trap(Self.added, "=name=F1", "=server=hot") == already)
        let second = client.addUser("F2")
        #expect(client.trap("/ip/hotspot/user/set", "=.id=\(second)", "=name=F1") == already)
        #expect(client.trap("/ip/hotspot/user/set", "=.id=\(second)", "=name=F2") == nil)
    }

    @Test(arguments: [
        ("=profile=2h", "input does not match any value of profile"),
        ("=profile=", "ambiguous value of profile, more than one possible value matches input"),
        ("=profile=1", "ambiguous value of profile, more than one possible value matches input"),
        ("=server=x", "input does not match any value of server"),
        ("=limit-uptime=", "invalid time value for argument limit-uptime"),
        ("=limit-uptime=soon", "invalid time value for argument limit-uptime"),
        ("=mac-address=nonsense", "invalid value of mac-address, mac address required"),
        ("=address=1.2.3", "invalid value for argument address"),
        ("=limit-bytes-total=1M", "invalid value for argument limit-bytes-total"),
        ("=disabled=maybe", "input does not match any value of disabled"),
        ("=validity=1d", "unknown parameter validity"),
        ("=uptime=1d", "unknown parameter uptime"),
        ("=otp-secret=x", "unknown parameter otp-secret"),
    ])
    func aWrongValueIsRefused(word: String, message: String) throws {
        let client = try Client()
        #expect(client.trap(Self.added, "=name=F1", word) == message)
        #expect(client.rows("/ip/hotspot/user", "?name=F1").isEmpty)
    }

    @Test func theBeginningOfOneNameIsEnough() throws {
        let client = try Client()
        client.addUser("F1", "=profile=1d", "=mac-address=aa-bb-cc-dd-ee-ff", "=disabled=yes")
        client.addUser("F2", "=profile=d", "=server=all", "=mac-address=00:00:00:00:00:00")
        let rows = client.rows("/ip/hotspot/user", "=.proplist=profile,mac-address,disabled,server", "?-default")
        #expect(
            rows == [
                ["profile": "1d", "mac-address": "AA:BB:CC:DD:EE:FF", "disabled": "true"],
                ["profile": "default", "disabled": "false"],
            ]
        )
    }

    @Test func aUserNeedsAName() throws {
        let client = try Client()
        #expect(client.trap(Self.added, "=password=x") == "missing value(s) of argument(s) name")
        #expect(client.trap(Self.added, "=name=") == "missing value(s) of argument(s) name")
    }

    @Test func setChangesOneOrSeveralByIdentifierOrName() throws {
        let client = try Client()
        let (first, second) = (client.addUser("F1"), client.addUser("F2"))
        #expect(client.send("/ip/hotspot/user/set", "=.id=\(first),\(second)", "=comment=x") == [["!done"]])
        #expect(client.send("/ip/hotspot/user/set", "=numbers=F2", "=limit-uptime=01:30:00") == [["!done"]])
        #expect(
            client.rows("/ip/hotspot/user", "=.proplist=comment,limit-uptime", "?-default")
                == [["comment": "x"], ["comment": "x", "limit-uptime": "1h30m"]]
        )
        #expect(client.trap("/ip/hotspot/user/set", "=comment=x") == "missing =.id=")
    }

    @Test func aGoneRowIsNoSuchItemAndNothingElseHappens() throws {
        let client = try Client()
        let first = client.addUser("F1")
        #expect(client.trap("/ip/hotspot/user/remove", "=.id=\(first),*77") == "no such item")
        #expect(client.rows("/ip/hotspot/user", "?name=F1").count == 1)
        #expect(client.send("/ip/hotspot/user/remove", "=.id=\(first)") == [["!done"]])
        #expect(client.trap("/ip/hotspot/user/remove", "=.id=\(first)") == "no such item")
        #expect(client.trap("/ip/hotspot/user/print", "=.id=\(first)") == "no such item")
        #expect(client.addUser("F1") == "*2", "identifiers are not used again")
    }

    @Test func disableAndEnable() throws {
        let client = try Client()
        let id = client.addUser("F1")
        client.send("/ip/hotspot/user/disable", "=numbers=\(id)")
        #expect(client.rows("/ip/hotspot/user", "?disabled=yes").map { $0["name"] } == ["F1"])
        client.send("/ip/hotspot/user/enable", "=.id=\(id)")
        #expect(client.rows("/ip/hotspot/user", "?disabled=true").isEmpty)
        #expect(client.trap("/ip/hotspot/user/profile/disable", "=.id=*1") == "no such command")
    }

    @Test func profilesKeepTheirUsersThroughRenamingAndLeaveTheirMarkWhenRemoved() throws {
        let client = try Client()
        client.addUser("F1", "=profile=1h")
        client.send("/ip/hotspot/user/profile/set", "=.id=1h", "=name=hora")
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["profile"] == "hora")
        client.send("/ip/hotspot/user/profile/remove", "=.id=hora")
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["profile"] == "*2")
        #expect(client.trap("/ip/hotspot/user/profile/remove", "=.id=default") == "failure: cannot remove default")
    }

    @Test func profilesAndServersComeAsTheWizardLeavesThem() throws {
        let client = try Client()
        let profile = try client.rows("/ip/hotspot/user/profile", "?name=1h").first.orThrow()
        #expect(profile["shared-users"] == "1")
        #expect(profile["keepalive-timeout"] == "2m")
        #expect(profile["idle-timeout"] == "none")
        #expect(profile["add-mac-cookie"] == "true")
        #expect(profile["mac-cookie-timeout"] == "3d")
        #expect(profile["session-timeout"] == nil)
        let server = try client.rows("/ip/hotspot").first.orThrow()
        #expect(server["name"] == "hotspot1")
        #expect(server["profile"] == "hsprof1")
        #expect(client.rows("/ip/hotspot/profile", "?name=hsprof1").first?["login-by"] == "cookie,http-chap")
        client.send("/ip/hotspot/profile/set", "=.id=hsprof1", "=login-by=cookie,http-chap,mac-cookie")
        #expect(
            client.rows("/ip/hotspot/profile", "?name=hsprof1").first?["login-by"] == "cookie,http-chap,mac-cookie"
        )
        let wrong = client.trap("/ip/hotspot/profile/set", "=.id=hsprof1", "=login-by=magic")
        #expect(wrong == "input does not match any value of login-by")
    }

    @Test func unsetTakesAPropertyAway() throws {
        let client = try Client()
        client.send("/ip/hotspot/user/profile/set", "=.id=1h", "=rate-limit=1M/2M", "=keepalive-timeout=none")
        client.send("/ip/hotspot/user/profile/unset", "=.id=1h", "=value-name=rate-limit,keepalive-timeout")
        let profile = try client.rows("/ip/hotspot/user/profile", "?name=1h").first.orThrow()
        #expect(profile["rate-limit"] == nil)
        #expect(profile["keepalive-timeout"] == "2m")
    }

    @Test func resetCountersForgetsWhatWasUsed() throws {
        let client = try Client()
        let id = client.addUser("F1")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        client.router.advance(by: .seconds(90))
        client.send("/ip/hotspot/active/remove", "=.id=*A053201")
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["uptime"] == "1m30s")
        client.send("/ip/hotspot/user/reset-counters", "=.id=\(id)")
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["uptime"] == "0s")
    }

    @Test func bytesThatAreNoTextStayAsTheyAre() throws {
        let client = try Client()
        let comment = Word(bytes: Array("=comment=caf".utf8) + [0xE9])
        _ = client.router.execute(Sentence(["/ip/hotspot/user/add", "=name=F1", comment]), session: client.session)
        let reply = client.router.execute(
            ["/ip/hotspot/user/print", "=.proplist=comment", "?name=F1"],
            session: client.session
        ).replies[0]
        #expect(reply.words == ["!re", comment])
    }
}
