import Dispatch

/// A connection with a thread of its own, on which everything that waits for the server waits.
///
/// The cooperative threads are as many as the machine has cores; blocked ones would stop the whole program. A
/// dispatch queue that nobody else uses blocks only itself.
///
/// @unchecked because `link` is touched on the queue alone.
final class PostgresConnection: @unchecked Sendable {
    private let configuration: PostgresConfiguration
    private let queue = DispatchQueue(label: "fichas.postgres")
    private let cancellation = Cancellation()
    private var link: Link?

    init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
    }

    /// Connects; the answer is nil, or `cannotConnect`.
    func open(_ answer: @escaping @Sendable (PostgresError?) -> Void) {
        queue.async { [self] in
            do throws(PostgresError) {
                link = try Link(configuration, cancellation)
                answer(nil)
            } catch {
                answer(error)
            }
        }
    }

    /// Runs a transaction to its end; returns that, and whether the connection may be used for another.
    func run<Value: Sendable>(
        _ mode: TransactionMode,
        _ body: @escaping @Sendable (PostgresSession) throws -> Value
    ) async -> TransactionRun<Value> {
        await withCheckedContinuation { continuation in
            queue.async { [self] in continuation.resume(returning: runBlocking(mode, body)) }
        }
    }

    /// Ends what runs on the connection, now or later. It is of no use after that.
    func cancel() {
        cancellation.request()
    }

    /// Closes the connection, after what runs on it has ended.
    func close(_ answer: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            link = nil
            answer()
        }
    }

    private func runBlocking<Value: Sendable>(
        _ mode: TransactionMode,
        _ body: (PostgresSession) throws -> Value
    ) -> TransactionRun<Value> {
        guard let link else { return TransactionRun(end: .neverBegan(.connectionLost), isReusable: false) }
        link.allow(statementTimeout: mode.statementTimeout ?? configuration.statementTimeout)
        let end = Transaction(link: link, mode: mode).run(body)
        return TransactionRun(end: end, isReusable: !link.isBroken && !cancellation.isRequested)
    }
}
