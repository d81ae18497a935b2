import Testing

@testable import EdgeAgent

/// Every way a slip can go, without a network.
@Suite struct PrintJobTests {
    /// The last actions of a job that meets these events.
    private static func run(_ events: [PrintJob.Event]) -> [PrintJob.Action] {
        var job = PrintJob()
        var actions = job.start()
        for event in events { actions = job.handle(event) }
        return actions
    }

    static let ends: [([PrintJob.Event], SlipPrintResult)] = [
        ([.connectFailed], .notReached(.refused)),
        ([.timeIsUp(phase: 1)], .notReached(.noAnswer)),
        ([.connected, .brokeOff], .unknown(.brokeOff)),
        ([.connected, .ended], .unknown(.brokeOff)),
        ([.connected, .timeIsUp(phase: 2)], .unknown(.stalled)),
        ([.connected, .sent, .received([0])], .printed(paperIsLow: false)),
        ([.connected, .sent, .received([0x03])], .printed(paperIsLow: true)),
        ([.connected, .sent, .received([0x0C])], .unknown(.noPaper)),
        ([.connected, .received([0])], .printed(paperIsLow: false)),
        // What some printers send by themselves when they begin, in pieces.
        ([.connected, .received([0x10, 0]), .sent, .received([0, 0]), .received([0])], .printed(paperIsLow: false)),
        ([.connected, .sent, .ended], .unknown(.brokeOff)),
        ([.connected, .sent, .brokeOff], .unknown(.brokeOff)),
        ([.connected, .sent, .timeIsUp(phase: 3), .received([0])], .printed(paperIsLow: false)),
        ([.connected, .sent, .timeIsUp(phase: 3), .ended], .unknown(.silent)),
        ([.connected, .sent, .timeIsUp(phase: 3), .timeIsUp(phase: 4)], .unknown(.silent)),
        ([.connected, .sent, .timeIsUp(phase: 3), .brokeOff], .unknown(.brokeOff)),
    ]

    @Test(arguments: ends)
    func `every way has its end`(events: [PrintJob.Event], result: SlipPrintResult) {
        #expect(Self.run(events) == [.finish(result)])
        // And nothing after it.
        #expect(Self.run(events + [.received([0])]) == [])
    }

    @Test func `a mute printer is told that nothing more comes, and still listened to`() {
        #expect(
            Self.run([.connected, .sent, .timeIsUp(phase: 3)]) == [.allow(PrintJob.endLimit, phase: 4), .endSending]
        )
    }

    @Test func `the time of an earlier phase counts no more`() {
        #expect(Self.run([.connected, .timeIsUp(phase: 1)]) == [])
        #expect(Self.run([.connected, .sent, .timeIsUp(phase: 2)]) == [])
    }

    @Test func `bytes that are no answer are none`() {
        #expect(Self.run([.connected, .sent, .received([0xFF, 0x90])]) == [])
    }

    @Test func `all its phases together are short enough to wait for`() {
        #expect(PrintJob.connectLimit + PrintJob.sendLimit + PrintJob.answerLimit + PrintJob.endLimit <= .seconds(10))
    }
}
