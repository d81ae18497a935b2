import Shared

/// How far the box's own chain goes, and how far the centre is known to have it.
struct OutboxPosition: Sendable, Equatable {
    let boxID: String
    /// Nil before the box was enrolled.
    let incarnation: String?
    let epoch: Int64
    let lastSeq: Int64
    let acknowledged: SyncPoint
    /// The epoch this history has to ask for before anything goes up.
    let planned: EpochRequest?
}
