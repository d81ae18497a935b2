import Purchasing
import RouterOS
import RouterOSSimulator
import Shared
import Testing

@testable import EdgeAgent

/// What somebody who bought an hour gets, whatever happens to the box, the router and their clocks: not a second less, and
/// not a minute more.
@Suite(.timeLimit(.minutes(5))) struct FichaTimeTests {
    private static let hour = Duration.seconds(3_600)
    private static let tooMuch = Duration.seconds(60)
    private static let to1970 = Timestamp(seconds: 0) - FichaWorld.start

    struct Case: Sendable, CustomTestStringConvertible {
        let version: RouterOSVersion
        let clock: FichaClock
        var testDescription: String { "\(clock.rawValue) on \(version)" }
    }

    static let cases = (["6.49", "7.20"] as [RouterOSVersion]).flatMap { version in
        FichaClock.allCases.map { Case(version: version, clock: $0) }
    }

    /// A box, a router, and one phone that is online with an hour it just bought.
    private static func world(
        _ test: Case,
        routerClock: Timestamp = FichaWorld.start,
        clockError: Duration = .zero,
        isConfirmed: Bool = true
    ) async throws -> (world: FichaWorld, code: FichaCode, phone: Phone) {
        let world = try FichaWorld(version: test.version, routerClock: routerClock)
        try await world.startBox(clockError: clockError, isConfirmed: isConfirmed)
        let phone = Phone.number(1)
        world.router.join(phone)
        let code = try await world.sell(.forTests(.ficha(clock: test.clock)))
        // It waits as long as anybody likes.
        try await world.pass(.seconds(1_000))
        #expect(!world.isOnline(phone))
        #expect(try await world.type(code, on: phone) == .connected)
        return (world, code, phone)
    }

    /// Lets everything come to its end, and looks at what the phones got.
    private func expectAnHour(
        _ world: FichaWorld,
        _ code: FichaCode,
        _ clock: FichaClock,
        since firstUse: Timestamp,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await world.pass(.seconds(4_500))
        switch clock {
        case .corrido:
            let last = try #require(world.lastOnline.values.max(), sourceLocation: sourceLocation)
            let got = last - firstUse
            #expect(got >= Self.hour && got <= Self.hour + Self.tooMuch, sourceLocation: sourceLocation)
        case .pausado:
            let got = world.onlineTime.values.reduce(.zero, +)
            #expect(got >= Self.hour && got <= Self.hour + Self.tooMuch, sourceLocation: sourceLocation)
        }
        let ficha = try await world.store.ficha(code)
        #expect(ficha?.state == .expired && ficha?.routerState == FichaRouterState.none, sourceLocation: sourceLocation)
        let tables = world.router.tables
        for menu in ["/ip/hotspot/user", "/ip/hotspot/active", "/ip/hotspot/cookie"] {
            let rows = (tables[menu] ?? []).filter { ($0["name"] ?? $0["user"]) == code.digits }
            #expect(rows.isEmpty, "\(menu)", sourceLocation: sourceLocation)
        }
        try world.stopBox()
    }

    @Test(arguments: cases) func `an hour is an hour`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test)
        try await expectAnHour(world, code, test.clock, since: world.now)
    }

    @Test(arguments: cases) func `typed on the router's own page`(test: Case) async throws {
        let world = try FichaWorld(version: test.version)
        try await world.startBox()
        let phone = Phone.number(1)
        world.router.join(phone)
        let code = try await world.sell(.forTests(.ficha(clock: test.clock)))
        try await world.pass(.seconds(17))
        #expect(world.router.signIn(phone.mac, user: code.digits, password: code.digits) == nil)
        let firstUse = world.now
        try await world.pass(.seconds(60))
        let user = world.router.tables["/ip/hotspot/user"]?.first { $0["name"] == code.digits }
        #expect(user?["mac-address"] == phone.mac.description, "no other phone may use it now")
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `the router loses its power`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test)
        let firstUse = world.now
        for _ in 0..<3 {
            try await world.pass(.seconds(613))
            world.router.reboot(downFor: .seconds(90))
        }
        // What a session used that a power cut ended is seen up to half a minute before; thrice that may be given away.
        try await world.pass(.seconds(7_200))
        if test.clock == .corrido {
            try await expectAnHour(world, code, test.clock, since: firstUse)
        } else {
            let got = world.onlineTime.values.reduce(.zero, +)
            #expect(got >= Self.hour && got <= Self.hour + FichaRunner.interval * 3)
            try world.stopBox()
        }
    }

    @Test(arguments: cases) func `the box loses its power`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test)
        let firstUse = world.now
        try await world.pass(.seconds(613))
        try world.stopBox()
        try await world.pass(.seconds(900))
        try await world.startBox()
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `both lose their power`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test)
        let firstUse = world.now
        try await world.pass(.seconds(613))
        try world.stopBox()
        world.router.reboot(downFor: .seconds(600))
        try await world.pass(.seconds(700))
        try await world.startBox()
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `the router believes it is 1970`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test, routerClock: Timestamp(seconds: 0))
        try await expectAnHour(world, code, test.clock, since: world.now)
    }

    @Test(arguments: cases) func `the box believes it is 1970, for ever`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test, clockError: Self.to1970, isConfirmed: false)
        try await expectAnHour(world, code, test.clock, since: world.now)
    }

    @Test(arguments: cases) func `the box believes it is 1970, and learns better`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test, clockError: Self.to1970, isConfirmed: false)
        let firstUse = world.now
        try await world.pass(.seconds(613))
        world.putClockRight()
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `the box comes back in 1970 and learns better`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test)
        let firstUse = world.now
        try await world.pass(.seconds(613))
        try world.stopBox()
        try await world.pass(.seconds(900))
        try await world.startBox(clockError: Self.to1970, isConfirmed: false)
        try await world.pass(.seconds(300))
        world.putClockRight()
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `a program that is killed knows the time when it is back`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test, clockError: Self.to1970, isConfirmed: false)
        let firstUse = world.now
        for _ in 0..<5 {
            try await world.pass(.seconds(333))
            try world.stopBox()
            try await world.pass(.seconds(100))
            try await world.startProgram()
        }
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `a clock that is far ahead ends nothing`(test: Case) async throws {
        let (world, code, _) = try await Self.world(test)
        let firstUse = world.now
        try await world.pass(.seconds(600))
        world.setClock(wrongBy: .seconds(10 * 86_400))
        try await world.pass(.seconds(600))
        #expect(world.isOnline(Phone.number(1)))
        world.putClockRight()
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `a phone that takes another address goes on by its code`(test: Case) async throws {
        let (world, code, phone) = try await Self.world(test)
        let firstUse = world.now
        try await world.pass(.seconds(600))
        // Gone without a word; its session stays behind for a while.
        world.router.leave(phone.mac)
        let again = Phone.number(2, at: 21)
        world.router.join(again)
        #expect(try await world.type(code, on: again) == .connected)
        #expect(world.isOnline(again) && !world.isOnline(phone))
        #expect(try await world.store.ficha(code)?.moves == 1)
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `two phones share one hour, and not for ever`(test: Case) async throws {
        let (world, code, phone) = try await Self.world(test)
        let firstUse = world.now
        let other = Phone.number(2, at: 21)
        world.router.join(other)
        for turn in 0..<Ficha.maximumMoves {
            try await world.pass(.seconds(60))
            #expect(try await world.type(code, on: turn % 2 == 0 ? other : phone) == .connected)
            #expect(world.isOnline(other) != world.isOnline(phone), "one at a time")
        }
        #expect(try await world.type(code, on: phone) == .movesUsedUp)
        #expect(world.isOnline(other))
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    @Test(arguments: cases) func `a router that was reset gets its fichas back, with what is left`(
        test: Case
    ) async throws {
        let (world, code, phone) = try await Self.world(test)
        let firstUse = world.now
        try await world.pass(.seconds(1_000))
        world.router.console(["/ip/hotspot/user/remove", Word("=numbers=\(code.digits)")])
        world.router.reboot(downFor: .seconds(30))
        world.line.reconnect()
        try await world.pass(.seconds(120))
        #expect(world.isOnline(phone), "by itself")
        try await expectAnHour(world, code, test.clock, since: firstUse)
    }

    /// Each question in turn is carried out or not, and its answer lost: from the sale to the last cookie.
    @Test(arguments: FichaClock.allCases, [true, false])
    func `an answer that is lost costs nobody anything`(clock: FichaClock, executes: Bool) async throws {
        for number in 0..<16 {
            let world = try FichaWorld()
            try await world.startBox()
            let phone = Phone.number(1)
            world.router.join(phone)
            world.router.add(Fault(.drop(executes: executes), skipping: number))
            let code = try await world.sell(.forTests(.ficha(seconds: 600, clock: clock)))
            let firstUse = world.now
            // People tap again.
            var taps = 0
            while try await world.type(code, on: phone) != .connected, taps < 3 { taps += 1 }
            #expect(taps < 3, "question \(number)")
            world.router.add(Fault(.drop(executes: executes), on: "/ip/hotspot/active/remove"))
            world.router.add(Fault(.drop(executes: executes), on: "/ip/hotspot/user/remove"))
            world.router.add(Fault(.drop(executes: executes), on: "/ip/hotspot/cookie/remove"))
            try await world.pass(.seconds(900))
            let got = (try #require(world.lastOnline[phone.mac])) - firstUse
            #expect(got >= .seconds(600) && got <= .seconds(690), "question \(number)")
            for menu in ["/ip/hotspot/user", "/ip/hotspot/active", "/ip/hotspot/cookie"] {
                let rows = (world.router.tables[menu] ?? []).filter { ($0["name"] ?? $0["user"]) == code.digits }
                #expect(rows.isEmpty, "\(menu) after question \(number)")
            }
            try world.stopBox()
        }
    }
}
