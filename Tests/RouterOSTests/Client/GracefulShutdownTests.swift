import Logging
import RouterOS
import ServiceLifecycle
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct GracefulShutdownTests {
    @Test func `a client ends with its service group`() async throws {
        let router = try await FakeRouter()
        let client = makeClient(port: router.port, clock: TestClock())
        let group = ServiceGroup(services: [client], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let running: Void = group.run()
        let connection = try await router.acceptLogin()
        await group.triggerGracefulShutdown()
        try? await running
        await #expect(throws: FakeConnection.ClosedByClient.self) { try await connection.next() }
        #expect(await client.status.connection == .stopped)
        try await router.stop()
    }
}
