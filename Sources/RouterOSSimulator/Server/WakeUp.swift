import NIOCore

/// Tells a connection, from any thread, to fetch what the router has for it.
struct WakeUp: Sendable {
    private let channel: any Channel

    init(_ channel: any Channel) {
        self.channel = channel
    }

    func callAsFunction() {
        channel.eventLoop.execute {
            guard let context = try? channel.pipeline.syncOperations.context(handlerType: APIConnectionHandler.self)
            else { return }
            (context.handler as? APIConnectionHandler)?.sendPushes(context)
        }
    }
}
