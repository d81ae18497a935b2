import Logging
import RouterOS
import RouterOSSimulator
import Shared
import Store
import Synchronization
import TestSupport
import Testing

@testable import EdgeAgent

/// How much a router is told at a time (reference `routeros.md` §7), and that all of it gets there.
@Suite(.timeLimit(.minutes(2))) struct FichaKeeperPaceTests {
    /// A router that takes its time with each command, and notes how many it has in hand.
    private final class SlowLine: CommandExecutor {
        let line = RouterLine()
        private let state: Mutex<(now: Duration, inHand: Int, most: Int)> = Mutex((.zero, 0, 0))
        private let each: Duration

        init(each: Duration) {
            self.each = each
        }

        var now: Duration { state.withLock { $0.now } }
        var most: Int { state.withLock { $0.most } }

        func pass(_ duration: Duration) { state.withLock { $0.now += duration } }

        func execute(_ command: RouterOS.Command, timeout: Duration) async throws(RouterOSError) -> Reply {
            state.withLock { state in
                state.inHand += 1
                state.most = max(state.most, state.inHand)
            }
            // Others begin meanwhile.
            for _ in 0..<30 { await Task.yield() }
            defer { state.withLock { $0.inHand -= 1 } }
            pass(each)
            return try await line.execute(command, timeout: timeout)
        }
    }

    private struct Shop {
        let slow: SlowLine
        let store: FichaStore
        let keeper: FichaKeeper
        let line: FichaLine

        func left() async throws -> Int { try await store.routerWorkCount() }
        var users: Int { (slow.line.router.tables["/ip/hotspot/user"] ?? []).count - 1 }
    }

    private func shop(each: Duration, fichas: Range<UInt64>, _ body: (Shop) async throws -> Void) async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        let slow = SlowLine(each: each)
        let logger = Logger(label: "fichas") { _ in SwiftLogNoOpLogHandler() }
        let clock = SiteClock(
            latest: nil,
            system: WallClock { FichaWorld.start + slow.now },
            boot: SystemBoot(id: "boot", uptime: { slow.now }),
            witness: ClockWitness(isSetByNTP: { true }, uptime: { slow.now })
        )
        let hotspot = Hotspot(slow)
        let shop = Shop(
            slow: slow,
            store: FichaStore(database: database),
            keeper: FichaKeeper(
                routerID: "r1",
                store: FichaStore(database: database),
                clock: clock,
                uptime: { slow.now },
                logger: logger
            ),
            line: FichaLine(
                routerID: "r1",
                server: nil,
                hotspot: hotspot,
                connector: DeviceConnector(router: .forTests(), hotspot: hotspot, clock: NoWaitClock(), logger: logger)
            )
        )
        let moment = clock.moment
        let sold = try fichas.map { seed in
            var ficha = Ficha.forTests(seed: seed)
            try ficha.sell(at: moment)
            return ficha
        }
        try await database.commit { db in
            for ficha in sold { try FichaStore.add(ficha, at: moment, in: db) }
        }
        try await body(shop)
        try database.close()
    }

    @Test func `much is told in chunks, sixteen at the same time by a fast router, and it rests between them`()
        async throws
    {
        try await shop(each: .milliseconds(1), fichas: 1..<251) { shop in
            await shop.keeper.tell(shop.line)
            #expect(shop.users == FichaKeeper.commandsPerChunk)
            #expect(shop.slow.most <= FichaKeeper.fichasAtOnceWhenSlow, "it has not shown yet how fast it is")
            #expect(shop.slow.line.asked.count == FichaKeeper.commandsPerChunk + 1, "and the profile's name")
            #expect(try await shop.left() == 250 - FichaKeeper.commandsPerChunk)
            #expect(shop.keeper.untilMoreWork == .microseconds(48_500))
            await shop.keeper.tell(shop.line)
            #expect(shop.users == FichaKeeper.commandsPerChunk, "it rests")
            for _ in 0..<2 {
                shop.slow.pass(try #require(shop.keeper.untilMoreWork))
                await shop.keeper.tell(shop.line)
            }
            #expect(shop.users == 250)
            #expect(try await shop.left() == 0)
            #expect(shop.keeper.untilMoreWork == nil)
            #expect(shop.slow.most <= FichaKeeper.fichasAtOnce)
            #expect(shop.slow.line.asked.count == 251, "each is made, and not looked for before")
        }
    }

    @Test func `a slow router is told less, and less at the same time`() async throws {
        try await shop(each: .milliseconds(130), fichas: 1..<101) { shop in
            await shop.keeper.tell(shop.line)
            // Those that began within a second.
            #expect(shop.users > FichaKeeper.fichasAtOnceWhenSlow && shop.users < 16)
            let left = try await shop.left()
            #expect(left == 100 - shop.users)
            shop.slow.pass(.seconds(30))
            await shop.keeper.tell(shop.line)
            #expect(shop.slow.most <= FichaKeeper.fichasAtOnceWhenSlow)
        }
    }

    @Test func `what was there already, from before a crash, is kept and written down`() async throws {
        try await shop(each: .milliseconds(1), fichas: 1..<21) { shop in
            let fichas = try await shop.store.live("r1")
            for ficha in fichas.prefix(10) {
                _ = try await shop.line.hotspot.putFicha(
                    ficha,
                    server: nil,
                    at: FichaMoment(time: FichaWorld.start, wall: FichaWorld.start, quality: .synced)
                )
            }
            await shop.keeper.tell(shop.line)
            #expect(shop.users == 20)
            #expect(try await shop.left() == 0)
        }
    }

    @Test func `a router that goes away in the middle gets the rest when it is back, and nothing is asked meanwhile`()
        async throws
    {
        try await shop(each: .milliseconds(1), fichas: 1..<201) { shop in
            shop.slow.line.before("/ip/hotspot/user/add") { _ in shop.slow.line.setAway(true) }
            await shop.keeper.tell(shop.line)
            #expect(shop.keeper.untilMoreWork == nil)
            let asked = shop.slow.line.asked.count
            // The profile, the one that got through, and those that were on their way then.
            #expect(asked <= 2 + FichaKeeper.fichasAtOnceWhenSlow)
            shop.slow.line.setAway(false)
            while try await shop.left() > 0 {
                shop.slow.pass(.seconds(30))
                await shop.keeper.tell(shop.line)
            }
            #expect(shop.users == 200)
        }
    }
}
