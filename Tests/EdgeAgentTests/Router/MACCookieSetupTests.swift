import Logging
import RouterOS
import RouterOSSimulator
import Testing

@testable import EdgeAgent

/// The router remembers returning phones, also after it forgot how to.
@Suite struct MACCookieSetupTests {
    private let line = RouterLine()
    private let setup: MACCookieSetup

    init() {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        setup = MACCookieSetup(hotspotServer: nil, hotspot: Hotspot(line), logger: logger)
    }

    private var loginBy: String? {
        line.router.tables["/ip/hotspot/profile"]?.first { $0["name"] == "hsprof1" }?["login-by"]
    }

    private var addsCookie: String? {
        line.router.tables["/ip/hotspot/user/profile"]?.first { $0["name"] == "1h" }?["add-mac-cookie"]
    }

    private func switchOff() {
        line.router.console(["/ip/hotspot/profile/set", "=numbers=hsprof1", "=login-by=cookie,http-chap"])
        line.router.console(["/ip/hotspot/user/profile/set", "=numbers=1h", "=add-mac-cookie=no"])
    }

    @Test func `both profiles are made to allow it, and what they allowed before stays`() async {
        switchOff()
        await setup.ensure(profile: "1h")
        #expect(loginBy == "cookie,http-chap,mac-cookie")
        #expect(addsCookie == "true")
    }

    @Test func `it is looked at once for each connection`() async {
        await setup.ensure(profile: "1h")
        let asked = line.asked.count
        await setup.ensure(profile: "1h")
        #expect(line.asked.count == asked)
        // The router was reset or exchanged.
        switchOff()
        line.reconnect()
        await setup.ensure(profile: "1h")
        #expect(loginBy == "cookie,http-chap,mac-cookie")
        #expect(addsCookie == "true")
    }

    @Test func `a router that refuses is not asked at each sale, one that was away is`() async {
        switchOff()
        line.router.add(Fault(.trap("not enough permissions (9)"), on: "/ip/hotspot/profile/set", times: nil))
        await setup.ensure(profile: "1h")
        let asked = line.asked.count
        await setup.ensure(profile: "1h")
        #expect(line.asked.count == asked)
        line.reconnect()
        line.router.clearFaults()
        line.setAway(true)
        await setup.ensure(profile: "1h")
        line.setAway(false)
        await setup.ensure(profile: "1h")
        #expect(loginBy == "cookie,http-chap,mac-cookie")
    }
}
