import ServerKit
import Shared
import TestSupport
import Testing

@testable import CentralSync

@Suite(.timeLimit(.minutes(1))) struct SyncLoadTests {
    @Test func `whoever is one too many is told when to come back, and let in when there is room`() async throws {
        let load = SyncLoad(limit: 2)
        let (begun, end) = (Tally(), Tally())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try await load.run {
                        begun.increment()
                        await end.reaches(1)
                    }
                }
            }
            await begun.reaches(2)
            let error = await #expect(throws: APIError.self) { try await load.run {} }
            #expect(error?.code == "busy" && error?.retryAfterSeconds == 1)
            end.set(1)
            try await group.waitForAll()
        }
        try await load.run {}
    }

    @Test func `ten thousand that come at once are called back one after the other, as fast as they are dealt with`() {
        var turns = SyncTurns(limit: 1)
        #expect(turns.begin(at: .seconds(9)) == nil)
        // Nothing was dealt with yet: 200 a second, and none later than a minute.
        let first = (0..<20_000).compactMap { _ in turns.begin(at: .seconds(10)) }
        #expect(first.count == 20_000)
        #expect(first[0] == .milliseconds(1_005) && first[9_999] == .seconds(51))
        #expect(first[10_000] > .seconds(51) && first.last == .seconds(60))
        #expect(zip(first, first.dropFirst()).allSatisfy { $0 <= $1 })

        // Those who come again later queue behind the others, and more are called in a second in which more went.
        var busy = SyncTurns(limit: 1)
        for _ in 0..<400 {
            #expect(busy.begin(at: .milliseconds(11_500)) == nil)
            busy.end(at: .milliseconds(11_500))
        }
        #expect(busy.begin(at: .seconds(12)) == nil)
        #expect(busy.begin(at: .seconds(12)) == .microseconds(1_002_500))
        #expect(busy.begin(at: .seconds(12)) == .microseconds(1_005_000))
        #expect(busy.begin(at: .milliseconds(12_900)) == .microseconds(1_002_500))
        busy.end(at: .milliseconds(12_900))
        #expect(busy.begin(at: .milliseconds(12_900)) == nil)
    }
}
