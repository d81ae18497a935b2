import Hummingbird
public import Logging
import NIOCore
public import ServiceLifecycle
import Synchronization

/// The simulator on two TCP ports: the API with what browsers need, and the control port.
public struct ConektaSimulatorServer: Service {
    /// Where it listens. Port 0 lets the system choose.
    public struct Configuration: Sendable {
        public var host: String
        public var port: Int
        public var controlPort: Int

        public init(host: String = "127.0.0.1", port: Int = 0, controlPort: Int = 0) {
            self.host = host
            self.port = port
            self.controlPort = controlPort
        }
    }

    /// The ports it really listens on.
    public struct Ports: Hashable, Sendable {
        public let api: Int
        public let control: Int
    }

    private let core: ConektaCore
    private let configuration: Configuration
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let onListening: @Sendable (Ports) -> Void

    /// `clock` measures latency and silence. `onListening` is called once, when both ports are open.
    public init(
        core: ConektaCore,
        configuration: Configuration = Configuration(),
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger,
        onListening: @escaping @Sendable (Ports) -> Void = { _ in }
    ) {
        self.core = core
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until graceful shutdown. Throws when a port cannot be opened.
    public func run() async throws {
        let opened = OpenedPorts(onBothOpen: onListening)
        let core = core
        let pages = BrowserPages(core: core)
        let control = ControlAPI(core: core)
        let apiServer = application(
            port: configuration.port,
            opened: { opened.set(api: $0) },
            answer: { request in
                pages.answer(request).map { ConektaReply(delivery: .answer($0), latency: .zero) }
                    ?? core.handle(request)
            },
            onAnswer: core.noteAnswer
        )
        let controlServer = application(
            port: configuration.controlPort,
            opened: { opened.set(control: $0) },
            answer: { ConektaReply(delivery: .answer(control.answer($0)), latency: .zero) }
        )
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await apiServer.run() }
            group.addTask { try await controlServer.run() }
        }
    }

    private func application(
        port: Int,
        opened: @escaping @Sendable (Int) -> Void,
        answer: @escaping @Sendable (ConektaRequest) -> ConektaReply,
        onAnswer: @escaping @Sendable (Duration) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let shell = HTTPShell(clock: clock, answer: answer, onAnswer: onAnswer)
        return Application(
            responder: CallbackResponder { try await shell.respond(to: $0, context: $1) },
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: port)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { opened(port) }
            },
            logger: logger
        )
    }
}

/// Waits for both ports, whichever opens first.
private final class OpenedPorts: Sendable {
    private let ports = Mutex<(api: Int?, control: Int?)>((nil, nil))
    private let onBothOpen: @Sendable (ConektaSimulatorServer.Ports) -> Void

    init(onBothOpen: @escaping @Sendable (ConektaSimulatorServer.Ports) -> Void) {
        self.onBothOpen = onBothOpen
    }

    func set(api: Int? = nil, control: Int? = nil) {
        let both = ports.withLock { ports -> ConektaSimulatorServer.Ports? in
            ports = (api ?? ports.api, control ?? ports.control)
            guard let api = ports.api, let control = ports.control else { return nil }
            return ConektaSimulatorServer.Ports(api: api, control: control)
        }
        if let both { onBothOpen(both) }
    }
}
