import Shared
import Testing

@testable import RouterOS

/// Hosts, active sessions, cookies.
@Suite(.timeLimit(.minutes(2)))
struct HotspotSessionTests {
    private static let hostProperties =
        "=.proplist=.id,mac-address,address,to-address,server,authorized,bypassed,idle-time,host-dead-time"
    private static let activeProperties =
        "=.proplist=.id,user,address,mac-address,server,login-by,uptime,session-time-left,idle-time,bytes-in,bytes-out"
    private static let cookieProperties = "=.proplist=.id,user,mac-address,expires-in,mac-cookie"

    // MARK: Hosts

    @Test func `a host is found by either of its addresses`() async throws {
        let row: Sentence = [
            "!re", "=.id=*5", "=mac-address=AA:BB:CC:DD:EE:FF", "=address=10.5.50.11", "=to-address=10.5.50.12",
            "=server=hotspot1", "=authorized=true", "=bypassed=false", "=idle-time=5s", "=host-dead-time=none",
        ]
        let (requests, result) = try await exchange([[row, ["!done"]]]) { client throws(RouterOSError) in
            try await Hotspot(client).hosts(address: "10.5.50.12")
        }
        #expect(
            requests == [
                [
                    "/ip/hotspot/host/print", Self.hostProperties, "?address=10.5.50.12", "?to-address=10.5.50.12",
                    "?#|",
                ]
            ]
        )
        let host = try #require(try result.get().first)
        #expect(host.macAddress == MACAddress("AA:BB:CC:DD:EE:FF"))
        #expect(host.loginAddress == "10.5.50.12")
        #expect(host.server == "hotspot1")
        #expect(host.isAuthorized)
        #expect(!host.isBypassed)
        #expect(host.idleTime == .seconds(5))
        #expect(host.deadTime == nil)
    }

    @Test func `one device may have two rows`() async throws {
        let (requests, result) = try await exchange([
            [
                ["!re", "=.id=*5", "=address=10.5.50.11", "=to-address=0.0.0.0"],
                ["!re", "=.id=*6", "=address=10.5.50.12"],
                ["!done"],
            ]
        ]) { client throws(RouterOSError) -> [HotspotHost] in
            guard let address = MACAddress("aa:bb:cc:dd:ee:ff") else { return [] }
            return try await Hotspot(client).hosts(macAddress: address)
        }
        #expect(requests == [["/ip/hotspot/host/print", Self.hostProperties, "?mac-address=AA:BB:CC:DD:EE:FF"]])
        #expect(try result.get().map(\.loginAddress) == ["10.5.50.11", "10.5.50.12"])
    }

    // MARK: Active

    @Test func `a device is logged in`() async throws {
        let (requests, result) = try await exchange([[["!done"]], [["!done"]]]) { client throws(RouterOSError) in
            let hotspot = Hotspot(client)
            try await hotspot.login(
                user: "482913",
                password: Secret("1"),
                address: "10.5.50.12",
                macAddress: MACAddress("AA:BB:CC:DD:EE:FF")
            )
            try await hotspot.login(user: "482913", password: Secret("1"), address: "10.5.50.12")
            return true
        }
        let login = ["/ip/hotspot/active/login", "=user=482913", "=password=1", "=ip=10.5.50.12"]
        #expect(requests == [login + ["=mac-address=AA:BB:CC:DD:EE:FF"], login])
        #expect(result == .success(true))
    }

    @Test(arguments: [
        ("unknown host IP 10.5.50.12", TrapKind.unknownHost), ("your uptime limit is reached", .uptimeLimitReached),
    ])
    func `a refused login tells why`(message: String, kind: TrapKind) async throws {
        let (_, result) = try await exchange([[["!trap", Word("=message=\(message)")], ["!done"]]]) {
            client throws(RouterOSError) in
            try await Hotspot(client).login(user: "482913", password: Secret("1"), address: "10.5.50.12")
            return true
        }
        #expect(result == .failure(.trap(Trap(message: message))))
        #expect(Trap(message: message).kind == kind)
    }

    @Test func `sessions are read, of one user, at one address, or all`() async throws {
        let row: Sentence = [
            "!re", "=.id=*C0A80A08", "=user=482913", "=address=192.168.10.8", "=mac-address=AA:BB:CC:DD:EE:FF",
            "=server=hotspot1", "=login-by=mac-cookie", "=uptime=18s", "=session-time-left=4m42s", "=idle-time=1s",
            "=bytes-in=1", "=bytes-out=2",
        ]
        let (requests, result) = try await exchange([[row, ["!done"]], [["!done"]], [["!empty"], ["!done"]]]) {
            client throws(RouterOSError) in
            let hotspot = Hotspot(client)
            let sessions = try await hotspot.activeSessions(user: "482913")
            let none = try await hotspot.activeSessions(address: "192.168.10.8")
            return sessions + none + (try await hotspot.activeSessions())
        }
        let print = ["/ip/hotspot/active/print", Self.activeProperties]
        #expect(requests == [print + ["?user=482913"], print + ["?address=192.168.10.8"], print])
        let sessions = try result.get()
        #expect(sessions.count == 1)
        let session = try #require(sessions.first)
        #expect(session.id == "*C0A80A08")
        #expect(session.user == "482913")
        #expect(session.address == "192.168.10.8")
        #expect(session.macAddress == MACAddress("AA:BB:CC:DD:EE:FF"))
        #expect(session.loginBy == "mac-cookie")
        #expect(session.uptime == .seconds(18))
        #expect(session.timeLeft == .seconds(282))
        #expect(session.bytesIn == 1)
        #expect(session.bytesOut == 2)
    }

    // MARK: Cookies

    @Test func `cookies are read by user and by device`() async throws {
        let row: Sentence = [
            "!re", "=.id=*3", "=user=482913", "=mac-address=AA:BB:CC:DD:EE:FF", "=expires-in=2d23h59m",
            "=mac-cookie=true",
        ]
        let (requests, result) = try await exchange([[row, ["!done"]], [["!done"]]]) {
            client throws(RouterOSError) -> [HotspotCookie] in
            let hotspot = Hotspot(client)
            let cookies = try await hotspot.cookies(user: "482913")
            guard let address = cookies.first?.macAddress else { return [] }
            return cookies + (try await hotspot.cookies(macAddress: address))
        }
        let print = ["/ip/hotspot/cookie/print", Self.cookieProperties]
        #expect(requests == [print + ["?user=482913"], print + ["?mac-address=AA:BB:CC:DD:EE:FF"]])
        let cookie = try #require(try result.get().first)
        #expect(cookie.user == "482913")
        #expect(cookie.expiresIn == .seconds(259_140))
        #expect(cookie.isMACCookie)
    }

    @Test func `sessions and cookies are removed, or found gone`() async throws {
        let gone: [Sentence] = [["!trap", "=message=no such item"], ["!done"]]
        let (requests, result) = try await exchange([[["!done"]], gone, [["!done"]], gone]) {
            client throws(RouterOSError) in
            let hotspot = Hotspot(client)
            for _ in 1...2 { try await hotspot.removeActive(id: "*1") }
            for _ in 1...2 { try await hotspot.removeCookie(id: "*2") }
            return true
        }
        let active = ["/ip/hotspot/active/remove", "=.id=*1"]
        let cookie = ["/ip/hotspot/cookie/remove", "=.id=*2"]
        #expect(requests == [active, active, cookie, cookie])
        #expect(result == .success(true))
    }
}
