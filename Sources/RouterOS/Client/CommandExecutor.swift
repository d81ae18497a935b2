/// What carries out commands: `RouterOSClient` over its connection, or in simulations of the box a router in memory.
public protocol CommandExecutor: Sendable {
    /// Carries out a command within the time. Throws `RouterOSError`; only after `outcomeUnknown` may the router have
    /// acted.
    func execute(_ command: Command, timeout: Duration) async throws(RouterOSError) -> Reply

    /// Which connection this is, counted from the first: what was learnt on an earlier one may not hold any more, because a
    /// router that was set up anew or exchanged closes it.
    var connectionNumber: Int { get async }
}

extension CommandExecutor {
    /// For those that have one connection only.
    public var connectionNumber: Int { 0 }

    /// Carries out a command within the ordinary ten seconds.
    func execute(_ command: Command) async throws(RouterOSError) -> Reply {
        try await execute(command, timeout: .seconds(10))
    }
}
