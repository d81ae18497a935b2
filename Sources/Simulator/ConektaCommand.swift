import ArgumentParser
import ConektaSimulator
import Logging
import ServiceLifecycle
import Shared
import UnixSignals

/// `simulator conekta`: Conekta's API on one port, its control on another.
struct ConektaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conekta",
        abstract: "Simulates Conekta's API, its card form and its 3DS page."
    )

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port of the API; 0 lets the system choose.")
    var port = 8_090

    @Option(help: "Port of the control API; 0 lets the system choose.")
    var controlPort = 8_091

    @Option(help: "Where browsers reach the API (http://host:port), for the addresses in answers.")
    var publicURL: String?

    @Option(help: "Private key that servers authenticate with.")
    var privateKey = "key_privada_de_prueba_01"

    @Option(help: "Public key that browsers tokenize with.")
    var publicKey = "key_publica_de_prueba_01"

    @Option(help: "Seed of the identifiers.")
    var seed: UInt64 = 1

    @Flag(help: "Refuse orders without shipping_contact, as some accounts do.")
    var requiresShippingContact = false

    func run() async throws {
        var account = ConektaAccount(privateKey: Secret(privateKey), publicKey: publicKey)
        account.requiresShippingContact = requiresShippingContact
        let logger = Logger(label: "simulator") { StreamLogHandler.standardError(label: $0) }
        let server = ConektaSimulatorServer(
            core: ConektaCore(account: account, seed: seed, publicOrigin: publicURL),
            configuration: .init(host: host, port: port, controlPort: controlPort),
            logger: logger,
            onListening: { ports in
                // Whoever starts this with port 0 reads the ports here.
                logger.info("ready", metadata: ["port": "\(ports.api)", "control_port": "\(ports.control)"])
            }
        )
        var configuration = ServiceGroupConfiguration(
            services: [server],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }
}
