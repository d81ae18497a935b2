import RouterOS
import RouterOSSimulator
import Shared
import Testing

@Suite struct PrintTests {
    @Test func onlyWhatIsAskedForComesBack() throws {
        let client = try Client()
        client.addUser("F1")
        let print = "/ip/hotspot/user/print"
        #expect(client.send(print, "=.proplist=name,.id", "?name=F1") == [["!re", "=name=F1", "=.id=*1"], ["!done"]])
        #expect(client.send(print, ".proplist=name", "?name=F1") == [["!re", "=name=F1"], ["!done"]])
        #expect(client.send(print, "=.proplist=email", "?name=F1") == [["!re"], ["!done"]])
    }

    @Test func countOnlyAnswersWithANumber() throws {
        let client = try Client()
        client.addUser("F1")
        client.addUser("F2")
        #expect(client.send("/ip/hotspot/user/print", "=count-only=", "?-default") == [["!done", "=ret=2"]])
        #expect(client.send("/ip/hotspot/user/print", "=count-only=", "?name=x") == [["!done", "=ret=0"]])
    }

    @Test func rowsAreChosenByIdentifierOrName() throws {
        let client = try Client()
        for name in ["F1", "F2", "F3"] { client.addUser(name) }
        #expect(client.rows("/ip/hotspot/user", "=.id=*1,*3").map { $0["name"] } == ["F1", "F3"])
        #expect(client.rows("/ip/hotspot/user", "=numbers=F2").map { $0["name"] } == ["F2"])
    }

    @Test func consoleFlagsChangeNothingAndOthersAreUnknown() throws {
        let client = try Client()
        client.addUser("F1")
        #expect(client.rows("/ip/hotspot/user", "=detail=", "=without-paging=", "=stats=", "?name=F1").count == 1)
        #expect(client.trap("/ip/hotspot/user/print", "=name=F1") == "unknown parameter name")
    }

    @Test func getallIsPrint() throws {
        let client = try Client()
        #expect(client.send("/ip/hotspot/user/getall", "=count-only=") == [["!done", "=ret=1"]])
    }

    @Test(arguments: [
        ("/ip/hotspot/nonsense/print", "no such command prefix"), ("/nonsense", "no such command prefix"),
        ("nonsense", "no such command prefix"), ("/ip/hotspot/user/find", "no such command"),
        ("/ip/hotspot/cookie/add", "no such command"), ("/ip/hotspot/host/set", "no such command"),
        ("/system/resource/set", "no such command"),
    ])
    func unknownPathsAndCommands(command: String, message: String) throws {
        #expect(try Client().trap(command) == message)
    }

    @Test func whatTheRouterIsCanBeRead() throws {
        let client = try Client(version: "7.20")
        client.router.advance(by: .seconds(3_661))
        let resource = try client.rows("/system/resource").first.orThrow()
        #expect(resource["version"] == "7.20 (stable)")
        #expect(resource["uptime"] == "1h1m1s")
        #expect(resource["board-name"] == "hAP lite")
        #expect(resource[".id"] == nil)
        #expect(client.rows("/system/identity") == [["name": "MikroTik"]])
        client.send("/system/identity/set", "=name=Casa")
        #expect(client.rows("/system/identity") == [["name": "Casa"]])
        #expect(client.rows("/system/license").first?["nlevel"] == "4")
        #expect(client.rows("/system/device-mode").first?["hotspot"] == "true")
        #expect(client.rows("/user").map { $0["name"] } == ["fichas"])
        // 2026-09-21T14:13:20Z and 1:01:01 later.
        #expect(client.rows("/system/clock").first?["date"] == "2026-09-21")
        #expect(client.rows("/system/clock").first?["time"] == "15:14:21")
    }
}
