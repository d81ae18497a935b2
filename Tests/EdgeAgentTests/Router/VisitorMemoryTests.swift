import Synchronization
import Testing

@testable import EdgeAgent

/// What is remembered of who asked for the first page.
@Suite struct VisitorMemoryTests {
    @Test func `an answer holds for five seconds, also that nobody knows the address`() {
        let time = Mutex(Duration.zero)
        let memory = VisitorMemory(now: { time.withLock { $0 } })
        #expect(memory.answer(about: "10.5.50.2") == nil)
        memory.remember("10.5.50.2", isAt: "r1")
        memory.remember("10.5.50.3", isAt: nil)
        time.withLock { $0 = .milliseconds(4_999) }
        #expect(memory.answer(about: "10.5.50.2") == .init(routerID: "r1"))
        #expect(memory.answer(about: "10.5.50.3") == .init(routerID: nil))
        time.withLock { $0 = .seconds(5) }
        #expect(memory.answer(about: "10.5.50.2") == nil)
    }

    @Test func `only so many are remembered, and the old make room`() {
        let time = Mutex(Duration.zero)
        let memory = VisitorMemory(capacity: 2, now: { time.withLock { $0 } })
        for number in 1...3 { memory.remember("10.5.50.\(number)", isAt: "r\(number)") }
        #expect(memory.answer(about: "10.5.50.3") == nil)
        memory.remember("10.5.50.1", isAt: "r9")
        #expect(memory.answer(about: "10.5.50.1") == .init(routerID: "r9"))
        time.withLock { $0 = .seconds(6) }
        memory.remember("10.5.50.3", isAt: "r3")
        #expect(memory.answer(about: "10.5.50.3") == .init(routerID: "r3"))
    }
}
