/// One slip's way to a printer as a state machine: connect, send, ask whether it is done, end the connection.
///
/// The port is a bare stream: that bytes were taken says nothing about paper. So the question behind the slip is what
/// counts. Each phase has its own time, ten seconds in all at most.
struct PrintJob: Sendable {
    enum Event: Sendable, Equatable {
        case connected
        case connectFailed
        /// The system took the last byte.
        case sent
        case received([UInt8])
        /// The printer ended its side.
        case ended
        case brokeOff
        /// The time of this phase is over.
        case timeIsUp(phase: Int)
    }

    enum Action: Sendable, Equatable {
        case send
        /// From now on; the times of earlier phases count no more.
        case allow(Duration, phase: Int)
        /// Tells the printer that nothing more comes, and goes on listening.
        case endSending
        case finish(SlipPrintResult)
    }

    private enum State {
        case connecting, sending, waitingForAnswer, ending, finished
    }

    static let connectLimit = Duration.seconds(2)
    static let sendLimit = Duration.seconds(4)
    /// A slip is out within a second. Whoever takes longer is most likely mute, or a spooler that prints what has ended.
    static let answerLimit = Duration.seconds(3)
    static let endLimit = Duration.seconds(1)

    private var state = State.connecting
    private var phase = 0
    private var received: [UInt8] = []

    /// What to do beside connecting.
    mutating func start() -> [Action] {
        enter(.connecting, for: Self.connectLimit)
    }

    mutating func handle(_ event: Event) -> [Action] {
        if case .timeIsUp(let phase) = event, phase != self.phase { return [] }
        switch state {
        case .connecting: return connecting(event)
        case .sending: return sending(event)
        case .waitingForAnswer: return waiting(event, unanswered: .brokeOff)
        case .ending: return waiting(event, unanswered: .silent)
        case .finished: return []
        }
    }

    private mutating func connecting(_ event: Event) -> [Action] {
        switch event {
        case .connected: enter(.sending, for: Self.sendLimit) + [.send]
        case .connectFailed: finish(.notReached(.refused))
        case .timeIsUp: finish(.notReached(.noAnswer))
        case .sent, .received, .ended, .brokeOff: []
        }
    }

    private mutating func sending(_ event: Event) -> [Action] {
        switch event {
        case .sent: return enter(.waitingForAnswer, for: Self.answerLimit)
        // The answer may be seen before the word that all was sent, on which it follows.
        case .received(let bytes): return answer(bytes)
        case .ended, .brokeOff: return finish(.unknown(.brokeOff))
        case .timeIsUp: return finish(.unknown(.stalled))
        case .connected, .connectFailed: return []
        }
    }

    /// - Parameter unanswered: What an orderly end without an answer means.
    private mutating func waiting(_ event: Event, unanswered: SlipPrintResult.Doubt) -> [Action] {
        switch event {
        case .received(let bytes): return answer(bytes)
        case .ended: return finish(.unknown(unanswered))
        case .brokeOff: return finish(.unknown(.brokeOff))
        case .timeIsUp:
            guard state == .waitingForAnswer else { return finish(.unknown(.silent)) }
            return enter(.ending, for: Self.endLimit) + [.endSending]
        case .connected, .connectFailed, .sent: return []
        }
    }

    private mutating func answer(_ bytes: [UInt8]) -> [Action] {
        received += bytes
        guard let status = PrinterStatus.take(from: &received) else { return [] }
        return finish(status.hasPaper ? .printed(paperIsLow: status.paperIsLow) : .unknown(.noPaper))
    }

    private mutating func enter(_ next: State, for limit: Duration) -> [Action] {
        state = next
        phase += 1
        return [.allow(limit, phase: phase)]
    }

    private mutating func finish(_ result: SlipPrintResult) -> [Action] {
        state = .finished
        return [.finish(result)]
    }
}
