import Purchasing
import RouterOS
import RouterOSSimulator
import Shared
import Testing

@testable import EdgeAgent

/// What the box does about the fichas of a router, and what it leaves alone.
@Suite(.timeLimit(.minutes(2))) struct FichaKeeperTests {
    private static let hour = Duration.seconds(3_600)

    private static func users(_ world: FichaWorld) -> [String] {
        (world.router.tables["/ip/hotspot/user"] ?? []).compactMap { $0["name"] }.filter { $0 != "default-trial" }
    }

    private static func addUser(_ name: String, comment: String, to world: FichaWorld, _ words: String...) {
        let sentence: Sentence = [
            "/ip/hotspot/user/add", Word("=name=\(name)"), Word("=comment=\(comment)"), Word("=password=\(name)"),
        ]
        world.router.console(Sentence(sentence.words + words.map { Word($0) }))
    }

    private static func started(writesCookies: Bool = true) async throws -> FichaWorld {
        let world = try FichaWorld(writesCookies: writesCookies)
        try await world.startBox()
        return world
    }

    @Test func `stock is on no router until it is sold, and off it when it is taken back`() async throws {
        let world = try await Self.started()
        let stock = Ficha.forTests(batchID: "lote-1")
        try await world.add(stock)
        try await world.pass(.seconds(60))
        world.router.join(.number(1))
        #expect(try await world.type(stock.code, on: .number(1)) == .fichaNotSold)
        #expect(Self.users(world).isEmpty)
        let moment = try world.moment
        try await world.store.change(stock.code, at: moment) { try $0.sell(at: moment) }
        try await world.pass(.seconds(30))
        #expect(Self.users(world) == [stock.code.digits])
        try await world.store.change(stock.code, at: moment) { try $0.void(at: moment) }
        try await world.pass(.seconds(30))
        #expect(Self.users(world).isEmpty)
        #expect(try await world.type(stock.code, on: .number(1)) == .unknownFicha)
        try world.stopBox()
    }

    @Test func `stock nobody bought in time ends`() async throws {
        let world = try await Self.started()
        let stock = Ficha.forTests(sellBy: FichaWorld.start + .seconds(100))
        try await world.add(stock)
        try await world.pass(.seconds(90))
        #expect(try await world.store.ficha(stock.code)?.state == .minted)
        try await world.pass(.seconds(60))
        #expect(try await world.store.ficha(stock.code)?.state == .expired)
        try world.stopBox()
    }

    @Test func `what is not ours is left alone, and so is what we do not know any more`() async throws {
        let world = try await Self.started()
        var generator = SystemRandomNumberGenerator()
        let unknown = FichaCode(using: &generator)
        Self.addUser("vecino", comment: "vc-123", to: world)
        Self.addUser("1234567890", comment: "", to: world)
        Self.addUser(unknown.digits, comment: PurchaseID(using: &generator).text, to: world, "=limit-uptime=1h")
        world.line.reconnect()
        try await world.pass(.seconds(120))
        #expect(Set(Self.users(world)) == ["vecino", "1234567890", unknown.digits])
        #expect(try world.runner.unknownUserCount == 1)
        world.router.join(.number(1))
        #expect(try await world.type(unknown, on: .number(1)) == .connected, "somebody paid for it")
        try world.stopBox()
    }

    @Test func `what ended is removed again when a backup of the router brings it back`() async throws {
        let world = try await Self.started()
        world.router.join(.number(1))
        let code = try await world.sell(.forTests())
        try await world.type(code, on: .number(1))
        try await world.pass(Self.hour + .seconds(60))
        #expect(Self.users(world).isEmpty)
        let comment = try await world.store.ficha(code)?.comment.text ?? ""
        Self.addUser(code.digits, comment: comment, to: world)
        world.line.reconnect()
        try await world.pass(.seconds(60))
        #expect(Self.users(world).isEmpty)
        try world.stopBox()
    }

    @Test func `what cannot be put keeps nothing else from being put`() async throws {
        let world = try await Self.started()
        let wrong = PurchasedProduct(
            id: 2,
            name: "x",
            price: Money(cents: 1, currency: "MXN"),
            durationSeconds: 60,
            clock: .corrido,
            mikrotikProfile: "no-hay"
        )
        for seed in 100..<125 as Range<UInt64> { _ = try await world.sell(.forTests(wrong, seed: seed)) }
        let code = try await world.sell(.forTests(seed: 3))
        try await world.pass(.seconds(90))
        #expect(Self.users(world) == [code.digits])
        try world.stopBox()
    }

    @Test func `a router that is away while a ficha ends loses it when it is back`() async throws {
        let world = try await Self.started()
        world.router.join(.number(1))
        let code = try await world.sell(.forTests())
        try await world.type(code, on: .number(1))
        try await world.pass(.seconds(1_800))
        world.line.setAway(true)
        try await world.pass(Self.hour)
        #expect(try await world.store.ficha(code)?.state == .expired)
        #expect(Self.users(world) == [code.digits])
        world.line.setAway(false)
        try await world.pass(.seconds(30))
        #expect(Self.users(world).isEmpty)
        try world.stopBox()
    }

    @Test func `a ficha the router forgot is made again when its owner connects`() async throws {
        let world = try await Self.started()
        world.router.join(.number(1))
        let code = try await world.sell(.forTests())
        world.router.console(["/ip/hotspot/user/remove", Word("=numbers=\(code.digits)")])
        #expect(try await world.type(code, on: .number(1)) == .connected)
        #expect(world.isOnline(.number(1)))
        try world.stopBox()
    }

    @Test(arguments: [true, false]) func `a phone that comes back is online by itself`(cookies: Bool) async throws {
        let world = try await Self.started(writesCookies: cookies)
        world.router.join(.number(1))
        let code = try await world.sell(.forTests())
        try await world.type(code, on: .number(1))
        try await world.pass(.seconds(60))
        world.router.leave(.phone(1))
        try await world.pass(.seconds(900))
        #expect(!world.isOnline(.number(1)))
        world.router.join(.number(1))
        try await world.pass(.seconds(60))
        #expect(world.isOnline(.number(1)))
        #expect(try await world.store.ficha(code)?.moves == 0)
        try world.stopBox()
    }

    @Test func `a phone that could not be connected does not keep its ficha from ending`() async throws {
        let world = try await Self.started(writesCookies: false)
        world.router.join(.number(1))
        let code = try await world.sell(.forTests())
        try await world.type(code, on: .number(1))
        world.router.leave(.phone(1))
        try await world.pass(Self.hour - .seconds(200))
        world.router.join(.number(1))
        let line = world.line
        line.before("/ip/hotspot/user/print") { _ in line.setAway(true) }
        try await world.pass(.seconds(30))
        line.setAway(false)
        try await world.pass(.seconds(60))
        #expect(!world.isOnline(.number(1)), "tried again too soon")
        #expect(try await world.store.ficha(code)?.state == .active)
        try await world.pass(.seconds(140))
        #expect(try await world.store.ficha(code)?.state == .expired)
        #expect(Self.users(world).isEmpty)
        try world.stopBox()
    }

    @Test func `what a phone bought next begins by itself when the first is over, and not before`() async throws {
        let world = try await Self.started()
        world.router.join(.number(1))
        let first = try await world.sell(.forTests(seed: 1), to: .phone(1))
        try await world.type(first, on: .number(1))
        let second = try await world.sell(.forTests(seed: 2), to: .phone(1))
        try await world.pass(Self.hour - .seconds(10))
        #expect(try await world.store.ficha(second)?.state == .sold)
        try await world.pass(.seconds(60))
        #expect(try await world.store.ficha(first)?.state == .expired)
        #expect(try await world.store.ficha(second)?.state == .active)
        #expect(world.isOnline(.number(1)))
        try await world.pass(Self.hour)
        #expect(!world.isOnline(.number(1)))
        let got = (try #require(world.lastOnline[.phone(1)])) - FichaWorld.start
        #expect(got >= Self.hour * 2 && got <= Self.hour * 2 + .seconds(60))
        try world.stopBox()
    }

    @Test func `data that is used up ends a ficha, also through a reset of the router`() async throws {
        let world = try await Self.started()
        world.router.join(.number(1))
        let code = try await world.sell(.forTests(.ficha(dataLimitBytes: 10_000_000)))
        try await world.type(code, on: .number(1))
        world.router.traffic(.phone(1), bytesIn: 1_000_000, bytesOut: 5_000_000)
        try await world.pass(.seconds(60))
        world.router.console(["/ip/hotspot/user/remove", Word("=numbers=\(code.digits)")])
        world.router.reboot(downFor: .seconds(10))
        world.line.reconnect()
        try await world.pass(.seconds(120))
        #expect(world.isOnline(.number(1)))
        world.router.traffic(.phone(1), bytesIn: 1_000_000, bytesOut: 2_900_000)
        try await world.pass(.seconds(60))
        #expect(world.isOnline(.number(1)))
        world.router.traffic(.phone(1), bytesIn: 0, bytesOut: 100_000)
        try await world.pass(.seconds(60))
        #expect(!world.isOnline(.number(1)))
        #expect(try await world.store.ficha(code)?.state == .expired)
        try world.stopBox()
    }

    @Test func `a minute costs the router two questions, however many fichas there are`() async throws {
        let world = try await Self.started()
        world.router.join(.number(1))
        let code = try await world.sell(.forTests())
        try await world.type(code, on: .number(1))
        for seed in 100..<200 as Range<UInt64> { _ = try await world.sell(.forTests(seed: seed)) }
        try await world.pass(.seconds(60))
        let before = world.line.asked.count
        try await world.pass(.seconds(60))
        #expect(world.line.asked.dropFirst(before) == ["/ip/hotspot/active/print", "/ip/hotspot/active/print"])
        try world.stopBox()
    }
}
