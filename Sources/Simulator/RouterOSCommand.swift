import ArgumentParser
import FoundationEssentials
import Logging
import RouterOSSimulator
import ServiceLifecycle
import Shared
import UnixSignals

/// `simulator routeros`: a MikroTik's API on a loopback port.
struct RouterOSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routeros",
        abstract: "A MikroTik with a hotspot, by its API. docs/simuladores.md describes the control port."
    )

    @Option(help: "The port of the RouterOS API; 0 is any free one.")
    var port = 8728

    @Option(help: "The port of the HTTP control; 0 is any free one.")
    var controlPort = 9728

    @Option(help: "The API account.")
    var user = "fichas"

    @Option(help: "The API account's password.")
    var password: String

    @Option(
        help: "The RouterOS version to behave as, such as 6.49.17 or 7.20.",
        transform: { text in
            guard let version = RouterOSVersion(text) else { throw ValidationError("not a version: \(text)") }
            return version
        }
    )
    var version: RouterOSVersion = "7.20"

    @Option(help: "A user profile there shall be beside default; may be repeated.")
    var profile: [String] = []

    @Option(help: "The licence: 4 allows 200 hotspot sessions, 5 allows 500, 6 any number.")
    var licenseLevel = 4

    @Flag(help: "Let the router's clock run; without it time stands still until it is advanced.")
    var realTime = false

    @Option(help: "A PEM file with the certificate chain: the API then speaks TLS.")
    var tlsCertificate: String?

    @Option(help: "A PEM file with the certificate's key.")
    var tlsKey: String?

    func validate() throws {
        guard (3...6).contains(licenseLevel) else { throw ValidationError("--license-level is 3, 4, 5 or 6") }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key go together")
        }
    }

    func run() async throws {
        let logger = Logger(label: "simulator") { StreamLogHandler.standardError(label: $0) }
        var configuration = SimulatorConfiguration(
            version: version,
            users: [APIUser(name: user, password: Secret(password))],
            userProfiles: profile
        )
        configuration.licenseLevel = licenseLevel
        let router = RouterOSSimulator(configuration: configuration, start: WallClock.system.now)
        let server = try await RouterOSSimulatorServer(router, port: port, tls: try tls())
        let control = RouterOSSimulatorControl(
            router,
            routerOSPort: server.port,
            port: controlPort,
            logger: logger
        ) { controlPort in
            // Whoever starts this with port 0 reads the ports here.
            logger.info("ready", metadata: ["port": "\(server.port)", "control_port": "\(controlPort)"])
        }
        var services: [any Service] = [server, control]
        if realTime { services.append(RouterClock(router, clock: ContinuousClock())) }
        var group = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        group.maximumGracefulShutdownDuration = .seconds(5)
        try await ServiceGroup(configuration: group).run()
    }

    private func tls() throws -> SimulatorTLS? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return try SimulatorTLS(
            certificateChainPEM: String(contentsOfFile: tlsCertificate, encoding: .utf8),
            privateKeyPEM: String(contentsOfFile: tlsKey, encoding: .utf8)
        )
    }
}
