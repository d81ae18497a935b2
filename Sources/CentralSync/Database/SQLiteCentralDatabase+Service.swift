import ServiceLifecycle
import Store

extension SQLiteCentralDatabase: Service {
    /// Ends the program when the disk has failed a commit: what is on it is only known after opening it anew.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.waitForFailure()
        }
        let isShuttingDown = Task.isShuttingDownGracefully
        try close()
        if !isShuttingDown { throw DurabilityError.failed }
    }
}
