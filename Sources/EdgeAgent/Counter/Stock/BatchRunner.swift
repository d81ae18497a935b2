import GRDB
import Logging
import ServiceLifecycle
import Shared

/// Mints the fichas of batches, some at a time, so that sales go on beside it. A batch that a crash cut off goes on with the
/// next start: what there is of it is on the disk with how much of it there is.
struct BatchRunner: Service {
    /// After a commit that failed, as on a full disk.
    private static let pauseAfterFailure = Duration.seconds(30)

    let store: BatchStore
    let moment: @Sendable () -> FichaMoment
    var clock: any Clock<Duration> = ContinuousClock()
    let logger: Logger

    func run() async throws {
        let bell = Bell()
        let watch = store.onChange { bell.ring() }
        defer { watch.cancel() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await store.mintNext(at: moment()), !Task.isCancelled {}
                } catch {
                    logger.warning("a batch of fichas stands still", metadata: ["error": "\(error)"])
                }
                await bell.wait(upTo: Self.pauseAfterFailure, clock)
            }
        }
    }
}
