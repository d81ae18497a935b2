import Logging
import NIOSSL
import RouterOS
import Shared
import TestSupport

/// Runs a client against a fake router while `body` plays the router and the caller.
func withClient(
    tls: RouterOSConfiguration.TLS = .none,
    serverTLS: NIOSSLContext? = nil,
    _ body: (RouterOSClient, FakeRouter, TestClock) async throws -> Void
) async throws {
    let router = try await FakeRouter(tls: serverTLS)
    let clock = TestClock()
    let client = makeClient(port: router.port, tls: tls, clock: clock)
    let running = Task { await client.run() }
    do {
        try await body(client, router, clock)
        running.cancel()
        await running.value
    } catch {
        running.cancel()
        await running.value
        try? await router.stop()
        throw error
    }
    try await router.stop()
}

func makeClient(port: Int, tls: RouterOSConfiguration.TLS = .none, clock: TestClock) -> RouterOSClient {
    RouterOSClient(
        configuration: RouterOSConfiguration(
            host: "127.0.0.1",
            port: port,
            username: "admin",
            password: Secret("secret"),
            tls: tls
        ),
        clock: clock,
        wallClock: WallClock { Timestamp(seconds: 1_000) },
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
}

extension RouterOSClient {
    /// What a request came to, as a value that tests compare.
    func outcome(_ command: Command, timeout: Duration = .seconds(10)) async -> Result<Reply, RouterOSError> {
        do {
            return .success(try await execute(command, timeout: timeout))
        } catch {
            return .failure(error)
        }
    }
}
