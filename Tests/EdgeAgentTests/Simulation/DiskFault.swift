/// What can go wrong with one commit of the box.
enum DiskFault: Hashable, Sendable, CaseIterable {
    /// The box dies before it is on the disk.
    case crashBefore
    /// It is on the disk and the box dies before it knows.
    case crashAfter
    /// The disk is full, so SQLite says in the middle of the transaction, and has space again at the next try.
    case full
    /// The disk is full for five minutes.
    case fullForFiveMinutes
    /// The disk fails and nothing of it was written. Nothing is written any more until the box has started anew.
    case errorUnwritten
    /// The disk fails although all of it was written.
    case errorWritten
}
