import Logging
import RouterOS
import RouterOSSimulator
import ServiceLifecycle
import Shared
import Synchronization
import TestSupport
import Testing

@testable import EdgeAgent

/// Finding the router a visitor is on, without asking for every tap.
@Suite(.timeLimit(.minutes(1))) struct RouterFleetTests {
    @Test func `a visitor's router is asked for once in five seconds`() async throws {
        let router = RouterOSSimulator(
            configuration: SimulatorConfiguration(users: [APIUser(name: "fichas", password: Secret("secreto"))]),
            start: Timestamp(seconds: 1_800_000_000)
        )
        let phone = Phone(
            mac: try #require(MACAddress("02:00:00:00:00:01")),
            ip: try #require(IPv4Address("10.5.50.20"))
        )
        router.join(phone)
        let time = Mutex(Duration.zero)
        try await withRouterOSSimulatorServer(router) { server in
            let site = try SiteSnapshot.forTests(routerPort: server.port)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let fleet = RouterFleet(
                site.routers,
                wallClock: .system,
                logger: logger,
                now: { time.withLock { $0 } }
            )
            let running = Task { try await fleet.run() }
            for _ in 0..<50 {
                #expect(await fleet.routerID(knowing: "10.5.50.20") == "r1")
                #expect(await fleet.routerID(knowing: "10.9.9.9") == nil)
            }
            #expect(router.ledger.commands["/ip/hotspot/host/print"] == 2)
            time.withLock { $0 = .seconds(5) }
            #expect(await fleet.routerID(knowing: "10.5.50.20") == "r1")
            #expect(router.ledger.commands["/ip/hotspot/host/print"] == 3)
            // What is not known because the router did not answer is not remembered.
            time.withLock { $0 = .seconds(10) }
            router.add(Fault(.trap("failure: busy"), on: "/ip/hotspot/host/print"))
            #expect(await fleet.routerID(knowing: "10.5.50.20") == nil)
            #expect(await fleet.routerID(knowing: "10.5.50.20") == "r1")
            running.cancel()
            try await running.value
        }
    }

    @Test func `a router that is reached as before keeps its connection`() async throws {
        let router = RouterOSSimulator(
            configuration: SimulatorConfiguration(users: [APIUser(name: "fichas", password: Secret("secreto"))]),
            start: Timestamp(seconds: 1_800_000_000)
        )
        try await withRouterOSSimulatorServer(router) { server in
            let site = try SiteSnapshot.forTests(routerPort: server.port)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let fleet = RouterFleet(site.routers, wallClock: .system, logger: logger)
            let running = Task { try await fleet.run() }
            _ = await fleet.macAddress(at: "0.0.0.0", routerID: "r1")
            let first = fleet.link("r1")?.client
            fleet.replaceRouters(with: try SiteSnapshot.forTests(routerPort: server.port, apiKey: "jwt_otra").routers)
            #expect(fleet.link("r1")?.client === first)
            #expect(await fleet.isConnected("r1"))

            fleet.replaceRouters(with: [])
            #expect(fleet.link("r1") == nil)
            fleet.replaceRouters(with: site.routers)
            _ = await fleet.macAddress(at: "0.0.0.0", routerID: "r1")
            #expect(fleet.link("r1")?.client !== first)
            #expect(await fleet.isConnected("r1"))
            #expect(router.ledger.apiLogins == 2)
            running.cancel()
            try await running.value
        }
    }
}
