import CLibPQ
import Glibc
import Synchronization

/// Tells a thread that waits for the server to stop waiting. Once requested, it stays so.
///
/// The thread that waits is the one that then calls `PQcancel`, again and again until the statement has ended: a
/// cancellation that reaches the server between two statements, or before the statement it is meant for, has no
/// effect there.
final class Cancellation: Sendable {
    /// Readable once the cancellation is requested; -1 when the system had none to give.
    let descriptor: Int32
    private let requested = Atomic(false)

    init() {
        descriptor = clibpq_wake_descriptor()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    var isRequested: Bool { requested.load(ordering: .acquiring) }

    func request() {
        requested.store(true, ordering: .releasing)
        var one: UInt64 = 1
        // It cannot fill up: each connection is cancelled a few times at most.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }
}
