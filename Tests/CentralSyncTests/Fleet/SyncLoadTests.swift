import ServerKit
import TestSupport
import Testing

@testable import CentralSync

@Suite(.timeLimit(.minutes(1))) struct SyncLoadTests {
    @Test func `whoever is one too many is sent away for some seconds, and let in when there is room`() async throws {
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
            #expect(error?.code == "busy" && (1...15).contains(error?.retryAfterSeconds ?? 0))
            end.set(1)
            try await group.waitForAll()
        }
        try await load.run {}
    }
}
