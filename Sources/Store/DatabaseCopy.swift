public import GRDB

/// A copy of a SQLite file, made while others read and write it.
public enum DatabaseCopy {
    /// The copy is not sound, in SQLite's words.
    public struct Damaged: Error, CustomStringConvertible {
        public let description: String
    }

    /// Copies what a connection sees, page by page, as it is at one moment, to a file that is not there yet.
    ///
    /// - Throws: ``Damaged``; GRDB's `DatabaseError`.
    public static func write(from queue: DatabaseQueue, to path: String) throws {
        let copy = try DatabaseQueue(path: path)
        // All pages in one step: a writer in between would have it begin anew, again and again.
        try queue.backup(to: copy)
        let finding = try copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
        try copy.close()
        guard finding == "ok" else { throw Damaged(description: "the copy is damaged: \(finding ?? "no answer")") }
    }
}
