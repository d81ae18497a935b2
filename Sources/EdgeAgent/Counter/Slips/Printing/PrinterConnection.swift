import NIOCore
import NIOPosix
import Shared

/// The TCP connection of one ``PrintJob``.
struct PrinterConnection: Sendable {
    private let channel: EventLoopFuture<any Channel>
    private let events: AsyncStream<PrintJob.Event>.Continuation

    /// Begins to connect; the events say how it went.
    init(to address: PrinterAddress, events: AsyncStream<PrintJob.Event>.Continuation) {
        self.events = events
        channel = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // The job gives up by its own clock before; this ends the attempt itself.
            .connectTimeout(.nanoseconds(2 * PrintJob.connectLimit.wholeMilliseconds * 1_000_000))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(PrinterChannelHandler(events))
                }
            }
            .connect(host: address.host, port: address.port)
        channel.whenComplete { result in
            switch result {
            case .success: events.yield(.connected)
            case .failure: events.yield(.connectFailed)
            }
        }
    }

    func send(_ bytes: [UInt8]) {
        channel.flatMap { $0.writeAndFlush(ByteBuffer(bytes: bytes)) }.whenComplete { [events] result in
            switch result {
            case .success: events.yield(.sent)
            case .failure: events.yield(.brokeOff)
            }
        }
    }

    func endSending() {
        // Where it fails the connection is gone, and its handler has said so.
        channel.whenSuccess { $0.close(mode: .output, promise: nil) }
    }

    /// Also of one that is still being made.
    func close() {
        channel.whenSuccess { $0.close(promise: nil) }
    }
}
