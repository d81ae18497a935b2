/// The conversation a box keeps open with the centre: it tells how it stands, and hears of changes and commands.
public enum SyncPoll {
    /// The body of `POST /sync/poll`.
    public struct Request: Sendable, Equatable, Codable {
        /// The document the box sells by; 0 for none.
        public var appliedVersion: Int64
        /// Why the last document offered was refused, in words; nil when it was not.
        public var refusal: String?
        /// How long the box waits for an answer, in seconds.
        public var waitSeconds: Int
        /// The box's clock.
        public var sentAt: Timestamp
        public var report: BoxReport
        public var results: [CommandResult]
        /// How far the box believes its events to be at the centre; nil before it is enrolled.
        public var position: SyncPoint?

        public init(
            appliedVersion: Int64,
            refusal: String?,
            waitSeconds: Int,
            sentAt: Timestamp,
            report: BoxReport,
            results: [CommandResult],
            position: SyncPoint? = nil
        ) {
            self.appliedVersion = appliedVersion
            self.refusal = refusal
            self.waitSeconds = waitSeconds
            self.sentAt = sentAt
            self.report = report
            self.results = results
            self.position = position
        }

        enum CodingKeys: String, CodingKey {
            case refusal, report, results, position
            case appliedVersion = "applied_version"
            case waitSeconds = "wait_seconds"
            case sentAt = "sent_at"
        }
    }

    /// What the centre has to say; empty when the wait was over first.
    public struct Reply: Sendable, Equatable, Codable {
        /// The centre's clock.
        public let serverTime: Timestamp
        /// A newer document than the one applied.
        public let snapshot: SignedSnapshot?
        public let commands: [BoxCommand]
        /// How far the events of the box's epoch are here, where that is less than the box believes: the centre was put back,
        /// and a box that sells nothing would not find out.
        public let acknowledged: SyncPoint?
        /// The centre has to end or cannot look: the box shall ask again after this pause.
        public let retryAfterSeconds: Int?

        public var isEmpty: Bool { snapshot == nil && commands.isEmpty && acknowledged == nil }

        public init(
            serverTime: Timestamp,
            snapshot: SignedSnapshot?,
            commands: [BoxCommand],
            acknowledged: SyncPoint? = nil,
            retryAfterSeconds: Int? = nil
        ) {
            self.serverTime = serverTime
            self.snapshot = snapshot
            self.commands = commands
            self.acknowledged = acknowledged
            self.retryAfterSeconds = retryAfterSeconds
        }

        enum CodingKeys: String, CodingKey {
            case snapshot, commands, acknowledged
            case serverTime = "server_time"
            case retryAfterSeconds = "retry_after_seconds"
        }
    }
}
