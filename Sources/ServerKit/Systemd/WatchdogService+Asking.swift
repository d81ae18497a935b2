public import Logging
public import Outbound

extension WatchdogService {
    /// The program did not answer itself.
    private struct NoAnswer: Error {}

    /// Fed after a request to the program itself was answered, on the address it listens on.
    public init(
        asking address: ListenAddress,
        with outbound: OutboundClient,
        environment: [String: String],
        logger: Logger
    ) {
        let place = address.fromThisMachine
        self.init(notifier: SystemdNotifier(environment: environment), environment: environment, logger: logger) {
            var request = OutboundRequest(
                .get,
                "http://\(place)/healthz",
                timeouts: .init(connect: .seconds(2), total: .seconds(5))
            )
            request.allowsPlainHTTP = true
            guard case .answered = await outbound.send(request) else { throw NoAnswer() }
        }
    }
}
