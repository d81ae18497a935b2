import Logging
import ServiceLifecycle
import Store

/// Keeps the database open for as long as anything else runs, and ends the program when the disk has failed: what is
/// on it is only known after opening it anew.
struct DatabaseService: Service {
    let database: DurableDatabase

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await database.waitForFailure()
        }
        let isShuttingDown = Task.isShuttingDownGracefully
        try database.close()
        if !isShuttingDown { throw DurabilityError.failed }
    }
}
