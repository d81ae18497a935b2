import Shared

/// A receipt printer on the local network, which takes bytes as they are. One slip at a time: most printers serve only one
/// connection, and leave the others waiting without a word.
actor SlipPrinter {
    /// More than a till could need; behind them, nobody waits for the slip any more.
    static let maximumWaiting = 8

    let address: PrinterAddress
    private let clock: any Clock<Duration>
    private var waiting = 0
    private var last: Task<SlipPrintResult, Never>?

    init(_ address: PrinterAddress, clock: any Clock<Duration> = ContinuousClock()) {
        self.address = address
        self.clock = clock
    }

    /// Sends a slip, after those that came before.
    ///
    /// It goes on when the caller is cancelled: a browser that goes away does not stop a slip halfway.
    func send(_ slip: ESCPOSSlip) async -> SlipPrintResult {
        guard waiting < Self.maximumWaiting else { return .notReached(.busy) }
        waiting += 1
        defer { waiting -= 1 }
        let job = Task { [before = last, address, clock] in
            _ = await before?.value
            return await Self.send(slip.bytes + PrinterStatus.request, to: address, clock: clock)
        }
        last = job
        return await job.value
    }

    private static func send(
        _ bytes: [UInt8],
        to address: PrinterAddress,
        clock: any Clock<Duration>
    ) async -> SlipPrintResult {
        let (events, feed) = AsyncStream.makeStream(of: PrintJob.Event.self)
        let connection = PrinterConnection(to: address, events: feed)
        defer { connection.close() }
        return await withTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            var job = PrintJob()
            /// The result, if that was the end.
            func carryOut(_ actions: [PrintJob.Action]) -> SlipPrintResult? {
                for action in actions {
                    switch action {
                    case .send: connection.send(bytes)
                    case .endSending: connection.endSending()
                    case .allow(let limit, let phase):
                        group.addTask {
                            guard (try? await clock.sleep(for: limit)) != nil else { return }
                            feed.yield(.timeIsUp(phase: phase))
                        }
                    case .finish(let result): return result
                    }
                }
                return nil
            }
            if let result = carryOut(job.start()) { return result }
            for await event in events {
                if let result = carryOut(job.handle(event)) { return result }
            }
            // Nobody ends the stream or cancels this task, so the job itself comes to its end above.
            return .unknown(.brokeOff)
        }
    }
}
