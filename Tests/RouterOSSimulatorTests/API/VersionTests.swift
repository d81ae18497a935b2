import RouterOSSimulator
import Testing

/// What differs between versions (reference `routeros.md` §1.3, §2.5, §2.11, §9.3).
@Suite struct VersionTests {
    @Test(arguments: [("6.49.17", false), ("7.16", false), ("7.17.2", false), ("7.18", true), ("7.20", true)])
    func emptyComesBeforeDoneSince718(version: String, isSent: Bool) throws {
        let client = try Client(version: try RouterOSVersion(version).orThrow())
        let expected = isSent ? [["!empty"], ["!done"]] : [["!done"]]
        #expect(client.send("/ip/hotspot/active/print") == expected)
        #expect(client.send("/ip/hotspot/active/print", "=count-only=") == [["!done", "=ret=0"]])
    }

    @Test func trapsOfVersion7CarryACategory() throws {
        let client = try Client(version: "7.16")
        #expect(
            client.send("/ip/hotspot/user/add", "=name=a", "=profile=x").first
                == ["!trap", "=category=1", "=message=input does not match any value of profile"]
        )
        #expect(
            client.send("/ip/hotspot/user/remove", "=.id=*99").first
                == ["!trap", "=category=0", "=message=no such item"]
        )
    }

    @Test func trapsOfVersion6() throws {
        let client = try Client(version: "6.49.17")
        #expect(
            client.send("/ip/hotspot/user/add", "=name=a", "=profile=x").first
                == ["!trap", "=message=input does not match any value of profile"]
        )
        #expect(
            client.send("/ip/hotspot/user/remove", "=.id=*99").first
                == ["!trap", "=category=0", "=message=no such item (4)"]
        )
        #expect(client.trap("/ip/hotspot/user/add", "=name=a", "=x=y") == "unknown parameter")
        #expect(client.trap("/system/device-mode/print") == "no such command prefix")
        #expect(client.rows("/system/clock").first?["date"] == "sep/21/2026")
    }

    @Test(arguments: [("6.49.17", false), ("7.20", true), ("7.21", false)])
    func activeSetWentWith721(version: String, isThere: Bool) throws {
        let client = try Client(version: try RouterOSVersion(version).orThrow())
        client.addUser("F1")
        client.router.join(try client.phone(1))
        #expect(client.logIn("F1", "10.5.50.1") == nil)
        let trap = client.trap("/ip/hotspot/active/set", "=.id=*A053201", "=comment=x")
        #expect(trap == (isThere ? nil : "no such command"))
        if isThere {
            let limit = client.trap("/ip/hotspot/active/set", "=.id=*A053201", "=limit-uptime=1h")
            #expect(limit == "unknown parameter limit-uptime")
        }
    }

    @Test func otpSecretCameWith721() throws {
        #expect(try Client(version: "7.21").trap("/ip/hotspot/user/add", "=name=a", "=otp-secret=x") == nil)
    }

    @Test func timesCanBeWrittenTheOtherWay() throws {
        let client = try Client { $0.writesClockTimes = true }
        client.addUser("F1", "=limit-uptime=26h")
        #expect(client.rows("/ip/hotspot/user", "?name=F1").first?["limit-uptime"] == "1d02:00:00")
        #expect(client.rows("/ip/hotspot/user/profile", "?name=1h").first?["keepalive-timeout"] == "00:02:00")
    }

    @Test func deviceModeCanBlockTheHotspot() throws {
        let client = try Client { $0.deviceModeAllowsHotspot = false }
        let refused = "failure: not allowed by device-mode"
        #expect(client.trap("/ip/hotspot/add", "=name=h2") == refused)
        #expect(client.trap("/ip/hotspot/enable", "=.id=hotspot1") == refused)
        #expect(client.rows("/ip/hotspot").first?["invalid"] == "true")
        #expect(client.rows("/ip/hotspot").first?["comment"] == "inactivated, not allowed by device-mode")
        #expect(client.rows("/system/device-mode").first?["hotspot"] == "false")
        client.router.join(try client.phone(1))
        #expect(client.rows("/ip/hotspot/host").isEmpty)
    }

    @Test func aGroupWithoutThePolicyMayNot() throws {
        let reader = try Client(policies: [.api, .read])
        #expect(reader.trap("/ip/hotspot/user/add", "=name=a") == "not enough permissions (9)")
        #expect(reader.rows("/ip/hotspot/user").first?["password"] == nil)
        let writer = try Client(policies: [.api, .write])
        #expect(writer.trap("/ip/hotspot/user/print") == "not enough permissions (9)")
    }
}
