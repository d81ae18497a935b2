/// Why a database is not, or no longer, good enough to keep money in.
public enum DurabilityError: Error, Equatable, CustomStringConvertible {
    /// The writer's settings are not the ones that survive a power cut.
    case notDurable(journalMode: String, synchronous: Int)
    /// `PRAGMA quick_check` found damage.
    case damaged(String)
    /// A commit failed on the disk. What reached it is unknown until the file is opened anew; nothing is written until
    /// then (an fsync must not be tried again: reference `reliability.md` §2.1).
    case failed
    /// The database was closed.
    case closed
    /// Another process holds the database, or the file beside it that says so cannot be made.
    case inUse

    public var description: String {
        switch self {
        case .notDurable(let journalMode, let synchronous):
            "the database would lose commits: journal_mode=\(journalMode) synchronous=\(synchronous)"
        case .damaged(let finding): "the database is damaged: \(finding)"
        case .failed: "the disk failed a commit; restart to find out what is on it"
        case .closed: "the database is closed"
        case .inUse: "the database is in use by another process, or its folder cannot be written"
        }
    }
}
