import Synchronization
import Testing

@testable import EdgeAgent

@Suite struct ProviderReachabilityTests {
    @Test func `after a request that could not be sent cards are off for fifteen seconds`() {
        let time = Mutex(Duration.zero)
        let provider = ProviderReachability(now: { time.withLock { $0 } })
        #expect(provider.isReachable)
        provider.noteUnreachable()
        #expect(!provider.isReachable)
        time.withLock { $0 = .milliseconds(14_999) }
        #expect(!provider.isReachable)
        time.withLock { $0 = .seconds(15) }
        #expect(provider.isReachable)
        provider.noteUnreachable()
        provider.noteAnswer()
        #expect(provider.isReachable)
    }
}
