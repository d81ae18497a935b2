/// What carries out commands: `RouterOSClient` over its connection, or in simulations of the box a router in memory.
public protocol CommandExecutor: Sendable {
    /// Carries out a command within the time. Throws `RouterOSError`; only after `outcomeUnknown` may the router have
    /// acted.
    func execute(_ command: Command, timeout: Duration) async throws(RouterOSError) -> Reply
}

extension CommandExecutor {
    /// Carries out a command within the ordinary ten seconds.
    func execute(_ command: Command) async throws(RouterOSError) -> Reply {
        try await execute(command, timeout: .seconds(10))
    }
}
