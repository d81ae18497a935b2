import Glibc

/// Holds a database for one process. Two that each drive what is in it would undo each other's work.
///
/// The lock is on a file beside the database, because closing any descriptor of the database's own file would let go of
/// the locks SQLite has on it. The system lets go of ours when the process ends, however it ends.
final class DatabaseLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `DurabilityError.inUse` when another process, or another part of this one, holds it.
    init(path: String) throws(DurabilityError) {
        descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .inUse }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw .inUse
        }
    }

    deinit {
        // A child that was forked and has not become its own program yet holds the descriptor too; unlocking lets go for all.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
