/// A run of a box's events on their way up: the body of `POST /sync/events`.
///
/// Events are numbered without gaps within an epoch and chained: the hash of each is the SHA-256 of the hash before it
/// and its own bytes. What is hashed is the text as it is sent, never what somebody would write it as.
public struct EventBatch: Sendable, Equatable, Codable {
    /// The most one request may hold.
    public static let maximumEvents = 1_000
    /// Its size, JSON included.
    public static let maximumBytes = 2 * 1_024 * 1_024

    public let epoch: Int64
    public let incarnation: String
    /// The number of the first event here.
    public let fromSeq: Int64
    /// The hash of the event before it; zeros before the first.
    public let previousHash: SHA256Digest
    /// The box's clock.
    public let sentAt: Timestamp
    public let events: [String]

    public init(
        epoch: Int64,
        incarnation: String,
        fromSeq: Int64,
        previousHash: SHA256Digest,
        sentAt: Timestamp,
        events: [String]
    ) {
        self.epoch = epoch
        self.incarnation = incarnation
        self.fromSeq = fromSeq
        self.previousHash = previousHash
        self.sentAt = sentAt
        self.events = events
    }

    enum CodingKeys: String, CodingKey {
        case epoch, incarnation, events
        case fromSeq = "from_seq"
        case previousHash = "previous_hash"
        case sentAt = "sent_at"
    }
}

/// How far an epoch's events have come: what the centre has made durable.
public struct SyncPoint: Sendable, Hashable, Codable {
    public let epoch: Int64
    /// 0 before the first.
    public let seq: Int64
    /// The hash of that event; zeros before the first.
    public let hash: SHA256Digest

    public init(epoch: Int64, seq: Int64, hash: SHA256Digest) {
        self.epoch = epoch
        self.seq = seq
        self.hash = hash
    }

    /// Before an epoch's first event.
    public static func beginning(of epoch: Int64) -> SyncPoint {
        SyncPoint(epoch: epoch, seq: 0, hash: .zeros)
    }
}

/// Why the centre did not take a batch: the `code` of its answer 409, beside which stands `acknowledged`.
public enum BatchRefusal: String, Sendable, Codable {
    /// Events before these are missing there: send on from `acknowledged`.
    case gap = "sync_gap"
    /// The centre has another event under one of these numbers. The epoch cannot go on.
    case fork = "sync_fork"
    /// The centre does not know the epoch, or knows it as another box's run. It cannot go on.
    case unknownEpoch = "sync_unknown_epoch"
}
