import TestSupport
import Testing

/// The real box under systemd's eyes.
@Suite struct WatchdogTests {
    /// 127.0.0.2 stands for an address of the LAN: a box that asked itself on 127.0.0.1 would find nobody there, and systemd
    /// would restart it for ever.
    @Test(.timeLimit(.minutes(2))) func `a box on one address feeds the watchdog`() async throws {
        let socket = try NotifySocket(isAbstract: false)
        // Held on 127.0.0.1, the port is nobody's on 127.0.0.2 either.
        let held = try LoopbackSocket(.refuses)
        var options = RunningSite.Options()
        options.environment = [
            "FICHAS_LISTEN": "127.0.0.2:\(held.port)", "NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "200000",
        ]
        try await RunningSite.run(options) { _ in
            _ = held
            var seen: Set<String> = []
            while !seen.isSuperset(of: ["READY=1", "WATCHDOG=1"]) {
                seen.formUnion(socket.messages())
                await Task.yield()
            }
        }
        #expect(socket.messages().contains("STOPPING=1"), "systemd is not told that the box goes")
    }
}
