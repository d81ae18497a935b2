import Foundation

/// Holds a thread (not a task) until a test lets it go on.
public final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    public init() {}

    /// Blocks the thread until the gate is open.
    public func wait() {
        semaphore.wait()
        semaphore.signal()
    }

    public func open() {
        semaphore.signal()
    }
}
