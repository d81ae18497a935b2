import ServerKit
import Shared
import TestSupport
import Testing

@testable import CentralSync

@Suite(.timeLimit(.minutes(1))) struct SyncLoadTests {
    @Test func `some at a time, some in line, and whoever is one too many is told when to come back`() async throws {
        let (begun, end, waiting) = (Tally(), Tally(), Tally())
        let load = SyncLoad(limit: 2, lineLimit: 1, onWait: { waiting.increment() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    try await load.run {
                        begun.increment()
                        await end.reaches(1)
                    }
                }
            }
            await begun.reaches(2)
            await waiting.reaches(1)
            let error = await #expect(throws: APIError.self) { try await load.run {} }
            #expect(error?.code == "busy" && error?.retryAfterSeconds == 1)
            end.set(1)
            await begun.reaches(3)
            try await group.waitForAll()
        }
        try await load.run {}
    }

    @Test func `ten thousand that come at once are called back one after the other, as fast as they are dealt with`() {
        var turns = SyncTurns<Int>(limit: 1, lineLimit: 0)
        #expect(turns.begin(0, at: .seconds(9)).isNow)
        // Nothing was dealt with yet: 200 a second, and none later than a minute.
        let pauses = (0..<20_000).compactMap { turns.begin($0, at: .seconds(10)).pause }
        #expect(pauses.count == 20_000)
        #expect(pauses[0] == .milliseconds(1_005) && pauses[9_999] == .seconds(51))
        #expect(pauses[10_000] > .seconds(51) && pauses.last == .seconds(60))
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `more are called back after a second in which more were dealt with`() {
        var turns = SyncTurns<Int>(limit: 1, lineLimit: 0)
        for number in 0..<400 {
            #expect(turns.begin(number, at: .milliseconds(11_500)).isNow)
            #expect(turns.end(at: .milliseconds(11_500)) == nil)
        }
        #expect(turns.begin(0, at: .seconds(12)).isNow)
        #expect(turns.begin(1, at: .seconds(12)).pause == .microseconds(1_002_500))
        #expect(turns.begin(2, at: .seconds(12)).pause == .microseconds(1_005_000))
        #expect(turns.begin(3, at: .milliseconds(12_900)).pause == .microseconds(1_002_500))
    }

    @Test func `the line is kept, and nobody is called back before it can be empty`() {
        var turns = SyncTurns<Int>(limit: 1, lineLimit: 400)
        #expect(turns.begin(0, at: .seconds(10)).isNow)
        for number in 1...400 { #expect(turns.begin(number, at: .seconds(10)).pause == nil) }
        #expect(turns.begin(401, at: .seconds(10)).pause == .milliseconds(2_005))
        // Who was here a moment ago waits as well, but is not sent away.
        guard case .inLine = turns.begin(402, mayBeSentAway: false, at: .seconds(10)) else {
            Issue.record("402 is not in line")
            return
        }
        for number in Array(1...400) + [402] { #expect(turns.end(at: .seconds(10)) == number) }
        #expect(turns.end(at: .seconds(10)) == nil)
        #expect(turns.begin(403, at: .seconds(10)).isNow)
    }
}

extension SyncTurns.Turn {
    fileprivate var isNow: Bool {
        guard case .now = self else { return false }
        return true
    }

    fileprivate var pause: Duration? {
        guard case .later(let pause) = self else { return nil }
        return pause
    }
}
