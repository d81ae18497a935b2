import Purchasing
import Shared
import Testing

@testable import EdgeAgent

/// Each step of a ficha's life by itself, without disk or router.
@Suite struct FichaLifeTests {
    private static let phone = MACAddress.phone(1)

    @Test func `stock works for nobody until it is sold`() throws {
        var ficha = Ficha.forTests()
        #expect(!ficha.state.isLive && ficha.routerState == .none)
        #expect(throws: FichaError.wrongState(.minted)) {
            try ficha.use(on: Self.phone, sessionTime: .zero, at: .noon())
        }
        #expect(throws: FichaError.wrongState(.minted)) { try ficha.move(to: Self.phone) }
        try ficha.sell(at: .noon())
        #expect(ficha.state == .sold && ficha.routerState == .toPut && ficha.soldAt == FichaMoment.noon)
        #expect(throws: FichaError.wrongState(.sold)) { try ficha.sell(at: .noon()) }
    }

    @Test func `stock is not sold after its date, and ends then`() throws {
        var ficha = Ficha.forTests(sellBy: FichaMoment.noon + .seconds(60))
        #expect(!ficha.isOver(at: .noon(plus: .seconds(59))))
        #expect(ficha.isOver(at: .noon(plus: .seconds(60))))
        #expect(throws: FichaError.sellByPassed) { try ficha.sell(at: .noon(plus: .seconds(60))) }
        try ficha.expire(at: .noon(plus: .seconds(60)))
        #expect(ficha.state == .expired && ficha.routerState == .none && ficha.endedAt != nil)
    }

    @Test func `running time starts with the session, not with the look at it, and goes on offline`() throws {
        var ficha = try Ficha.sold()
        #expect(ficha.timeLeft(at: .noon(plus: .seconds(86_400))) == .seconds(3_600))
        try ficha.use(on: Self.phone, sessionTime: .seconds(25), at: .noon(plus: .seconds(100)))
        #expect(ficha.state == .active && ficha.macAddress == Self.phone)
        #expect(ficha.firstUsedAt == FichaMoment.noon + .seconds(75))
        #expect(ficha.expiresAt == FichaMoment.noon + .seconds(3_675))
        #expect(!ficha.isOver(at: .noon(plus: .milliseconds(3_674_999))))
        #expect(ficha.isOver(at: .noon(plus: .seconds(3_675))))
        // Seen again, nothing starts anew.
        #expect(try ficha.use(on: Self.phone, sessionTime: .zero, at: .noon(plus: .seconds(200))) == false)
        #expect(ficha.expiresAt == FichaMoment.noon + .seconds(3_675))
    }

    @Test func `a session that began before the sale does not shorten the time`() throws {
        var ficha = try Ficha.sold()
        try ficha.use(on: nil, sessionTime: .seconds(600), at: .noon(plus: .seconds(10)))
        #expect(ficha.firstUsedAt == FichaMoment.noon)
    }

    @Test func `online time is counted once, whatever becomes of the counters`() throws {
        var ficha = try Ficha.sold(.ficha(clock: .pausado))
        var time = Duration.zero
        func see(_ counters: RouterCounters, after passed: Int64) -> Duration {
            time += .seconds(passed)
            ficha.observe(counters, at: .noon(plus: time))
            return ficha.usedTime
        }
        try ficha.use(on: Self.phone, sessionTime: .zero, at: .noon())
        #expect(ficha.expiresAt == nil)
        #expect(see(.of(session: 600), after: 600) == .seconds(600))
        #expect(see(.of(session: 630), after: 30) == .seconds(630))
        // It ended in order, a little later, and another began.
        #expect(see(.of(ended: 640), after: 30) == .seconds(640))
        #expect(see(.of(ended: 640, session: 20), after: 600) == .seconds(660))
        // A power cut took the session; the next one is longer than that was when nobody could look.
        #expect(see(.of(ended: 640, session: 100), after: 900) == .seconds(760))
        #expect(see(.of(ended: 640, session: 130), after: 30) == .seconds(790))
        // The box was off while sessions came and went.
        #expect(see(.of(ended: 1_640, session: 10), after: 5_000) == .seconds(1_670))
        // The router was put back to an older state.
        #expect(see(.of(ended: 100, session: 40), after: 60) == .seconds(1_710))
        ficha.forgetCounters()
        #expect(see(.of(session: 1_890), after: 1_890) == .seconds(3_600))
        #expect(ficha.timeLeft(at: .noon()) == .zero && ficha.isOver(at: .noon()))
    }

    @Test func `data that is used up ends it before its time`() throws {
        var ficha = try Ficha.sold(.ficha(dataLimitBytes: 1_000_000))
        try ficha.use(on: Self.phone, sessionTime: .zero, at: .noon())
        ficha.observe(.of(session: 1, bytes: 999_999), at: .noon(plus: .seconds(1)))
        #expect(ficha.bytesLeft == 1 && !ficha.isOver(at: .noon()))
        ficha.observe(.of(session: 2, bytes: 1_000_000), at: .noon(plus: .seconds(2)))
        #expect(ficha.isOver(at: .noon()))
    }

    @Test func `it goes to other devices, and not for ever`() throws {
        var ficha = try Ficha.sold()
        try ficha.move(to: Self.phone)
        #expect(ficha.moves == 0, "the first device is no move")
        for number in 0..<Ficha.maximumMoves {
            try ficha.move(to: .phone(UInt8(2 + number % 2)))
            try ficha.move(to: .phone(UInt8(2 + number % 2)))
            #expect(ficha.moves == number + 1)
        }
        let last = ficha
        #expect(throws: FichaError.movesUsedUp) { try ficha.move(to: .phone(9)) }
        #expect(ficha == last)
    }

    @Test func `time on top moves the end of what runs`() throws {
        var ficha = try Ficha.sold()
        try ficha.use(on: nil, sessionTime: .zero, at: .noon())
        ficha.routerState = .present
        try ficha.extend(by: .seconds(600))
        #expect(ficha.totalTime == .seconds(4_200) && ficha.expiresAt == FichaMoment.noon + .seconds(4_200))
        #expect(ficha.routerState == .toPut)
    }

    @Test func `what ends leaves the router, and ends once`() throws {
        typealias Step = (inout Ficha) throws -> Void
        let ends: [(Step, FichaState)] = [
            ({ try $0.expire(at: .noon()) }, .expired), ({ try $0.void(at: .noon()) }, .voided),
            ({ try $0.refund(at: .noon()) }, .refunded),
        ]
        for (step, state) in ends {
            var ficha = try Ficha.sold()
            try ficha.use(on: nil, sessionTime: .zero, at: .noon())
            try step(&ficha)
            #expect(ficha.state == state && ficha.routerState == .toRemove && ficha.endedAt == FichaMoment.noon)
            for (again, _) in ends {
                #expect(throws: FichaError.wrongState(state)) { try again(&ficha) }
            }
        }
    }

    @Test func `a clock that is put right moves what was taken on it, and nothing else`() throws {
        var early = try Ficha.sold()
        try early.use(on: nil, sessionTime: .zero, at: .noon(quality: .unsynced))
        early.clockWasSynced(leap: .seconds(86_400))
        #expect(early.timeLeft(at: .noon(plus: .seconds(86_400))) == .seconds(3_600))
        #expect(early.isTimeSynced == true)
        let synced = early
        early.clockWasSynced(leap: .seconds(86_400))
        #expect(early == synced)
    }
}
