import Logging
import RouterOSSimulator
import Shared

/// A router with its API and its control port on free ports.
struct RunningSimulator {
    let router: RouterOSSimulator
    let port: Int
    let controlPort: Int

    static func run(
        version: RouterOSVersion = "7.20",
        tls: SimulatorTLS? = nil,
        _ body: (RunningSimulator) async throws -> Void
    ) async throws {
        let router = RouterOSSimulator(
            configuration: SimulatorConfiguration(
                version: version,
                users: [APIUser(name: "fichas", password: Secret("secret"))],
                userProfiles: ["1h", "1d"]
            ),
            start: Client.start
        )
        try await withRouterOSSimulatorServer(router, tls: tls) { server in
            let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
            var logger = Logger(label: "control")
            logger.logLevel = .critical
            let control = RouterOSSimulatorControl(router, routerOSPort: server.port, port: 0, logger: logger) {
                continuation.yield($0)
            }
            try await withThrowingTaskGroup { group in
                group.addTask { try await control.run() }
                guard let controlPort = await ports.first(where: { _ in true }) else { throw Missing() }
                try await body(RunningSimulator(router: router, port: server.port, controlPort: controlPort))
                group.cancelAll()
            }
        }
    }
}
