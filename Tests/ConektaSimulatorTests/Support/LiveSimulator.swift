import ConektaSimulator
import Logging
import TestSupport

/// The simulator on real ports for the length of a test.
struct LiveSimulator: Sendable {
    let core: ConektaCore
    let clock: TestClock
    let ports: ConektaSimulatorServer.Ports

    static func run(
        core: ConektaCore = ConektaCore(),
        _ body: @Sendable @escaping (LiveSimulator) async throws -> Void
    ) async throws {
        let clock = TestClock()
        let (listening, continuation) = AsyncStream.makeStream(of: ConektaSimulatorServer.Ports.self)
        let server = ConektaSimulatorServer(
            core: core,
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onListening: { continuation.yield($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                for await ports in listening {
                    try await body(LiveSimulator(core: core, clock: clock, ports: ports))
                    break
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    var keyHeaders: [String: String] {
        [
            "Accept": "application/vnd.conekta-v2.3.0+json", "Content-Type": "application/json",
            "Authorization": "Bearer key_privada_de_prueba_01",
        ]
    }

    /// One request on a connection of its own, and all that came back before it was closed.
    func exchange(
        _ method: String,
        _ target: String,
        body: String = "",
        control: Bool = false
    ) async throws -> String {
        let client = try RawClient(port: control ? ports.control : ports.api)
        client.send(method, target, headers: keyHeaders.merging(["Connection": "close"]) { $1 }, body: body)
        return await client.receiveAll()
    }
}
