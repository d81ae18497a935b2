import Logging
import RouterOS
import RouterOSSimulator
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// Bringing a phone online, and what the router may put in the way.
@Suite(.timeLimit(.minutes(1))) struct DeviceConnectorTests {
    private static let address = "10.5.50.20"
    private static let login = "/ip/hotspot/active/login"

    private let line = RouterLine()
    private let clock = NoWaitClock()
    private let connector: DeviceConnector
    private let code: FichaCode

    init() throws {
        connector = DeviceConnector(
            router: .forTests(),
            hotspot: Hotspot(line),
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        var generator = SplitMix64(seed: 7)
        code = FichaCode(using: &generator)
    }

    private func phone(_ mac: String = "02:00:00:00:00:01", at ip: String = address) throws -> Phone {
        Phone(mac: try #require(MACAddress(mac)), ip: try #require(IPv4Address(ip)))
    }

    private func addFicha(_ words: String...) {
        let word = Word("=name=\(code.digits)")
        router.console(
            Sentence(
                ["/ip/hotspot/user/add", word, Word("=password=\(code.digits)"), "=profile=1h"] + words.map { Word($0) }
            )
        )
    }

    private var router: RouterOSSimulator { line.router }

    private func connect(address: String? = address, claiming mac: String? = nil) async -> ConnectionOutcome {
        await connector.connect(
            BuyerDevice(sourceAddress: address, claimedMACAddress: mac.flatMap { MACAddress($0) }),
            with: code
        )
    }

    @Test func `a phone that is there is bound to its ficha and online`() async throws {
        router.join(try phone())
        addFicha()
        #expect(await connect() == .connected)
        let active = router.tables["/ip/hotspot/active"] ?? []
        #expect(active.map { $0["user"] } == [code.digits])
        let user = router.tables["/ip/hotspot/user"]?.first { $0["name"] == code.digits }
        #expect(user?["mac-address"] == "02:00:00:00:00:01")
        #expect(await connect() == .connected, "again is nothing new")
        #expect(line.asked(Self.login) == 1)
    }

    @Test func `a ficha the router does not have is unknown, one that is switched off is refused`() async throws {
        router.join(try phone())
        #expect(await connect() == .unknownFicha)
        addFicha("=disabled=yes")
        #expect(await connect() == .refused)
        #expect(line.asked(Self.login) == 0)
    }

    @Test func `a ficha that goes between being looked up and being logged in is unknown`() async throws {
        router.join(try phone())
        addFicha()
        let name = Word("=numbers=\(code.digits)")
        line.before(Self.login) { $0.console(["/ip/hotspot/user/remove", name]) }
        #expect(await connect() == .unknownFicha)
    }

    @Test func `a phone the router does not know yet is waited for, and not for ever`() async throws {
        addFicha()
        #expect(await connect() == .deviceNotFound)
        #expect(clock.pauses == 4)
        let (router, phone) = (router, try phone())
        clock.onPause(6) { router.join(phone) }
        #expect(await connect() == .connected)
        #expect(clock.pauses == 6)
    }

    @Test(arguments: ["unknown host IP 10.5.50.20", "wrong MAC provided", "already authorizing, retry later"])
    func `what may pass is tried again from the start`(message: String) async throws {
        router.join(try phone())
        addFicha()
        router.add(Fault(.trap(message), on: Self.login, times: 2))
        #expect(await connect() == .connected)
        #expect(clock.pauses == 2)
        #expect(line.asked("/ip/hotspot/host/print") == 3, "looked up again each time")
    }

    @Test func `what does not pass ends after some seconds with what the router said last`() async throws {
        router.join(try phone())
        addFicha()
        router.add(Fault(.trap("unknown host IP 10.5.50.20"), on: Self.login, times: nil))
        #expect(await connect() == .deviceNotFound)
        #expect(clock.pauses == 4)
        #expect(line.asked(Self.login) == 5)
    }

    @Test(arguments: [
        ("your uptime limit is reached", ConnectionOutcome.fichaUsedUp),
        ("your traffic limit is reached", .fichaUsedUp),
        ("no more sessions are allowed for user", .fichaUsedUp), ("invalid username or password", .unknownFicha),
        ("session limit reached", .refused), ("failure: something new", .refused),
    ])
    func `a refusal for good is told at once`(message: String, outcome: ConnectionOutcome) async throws {
        router.join(try phone())
        addFicha()
        router.add(Fault(.trap(message), on: Self.login))
        #expect(await connect() == outcome)
        #expect(line.asked(Self.login) == 1)
    }

    @Test func `a router that is away says nothing about the ficha`() async throws {
        line.setAway(true)
        #expect(await connect() == .routerAway)
    }

    @Test func `what the page claims counts only where the address is unknown and the phone is not logged in`()
        async throws
    {
        router.join(try phone())
        router.join(try phone("02:00:00:00:00:02", at: "10.5.50.21"))
        addFicha()
        let device = try await connector.host(
            of: BuyerDevice(sourceAddress: Self.address, claimedMACAddress: MACAddress("02:00:00:00:00:02"))
        )
        #expect(device?.macAddress == MACAddress("02:00:00:00:00:01"))
        #expect(await connect(address: "192.168.1.1", claiming: "02:00:00:00:00:02") == .connected)
        let taken = try await connector.host(
            of: BuyerDevice(sourceAddress: "192.168.1.1", claimedMACAddress: MACAddress("02:00:00:00:00:02"))
        )
        #expect(taken == nil, "nobody pushes another off its ficha")
    }

    @Test func `another ficha's session and a ghost of this one make room`() async throws {
        router.join(try phone())
        router.join(try phone("02:00:00:00:00:02", at: "10.5.50.21"))
        addFicha()
        #expect(await connect(address: "10.5.50.21") == .connected)
        #expect(await connect() == .connected, "the same ficha on the phone's next random address")
        #expect(router.tables["/ip/hotspot/active"]?.map { $0["address"] } == [Self.address])
    }
}
