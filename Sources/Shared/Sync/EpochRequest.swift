/// A box asks for a fresh epoch: the body of `POST /sync/epoch`.
///
/// Numbers are never used twice for different events. A box whose history may have split (its database was restored or
/// its card cloned, or the centre has other events under its numbers) gives this run of its history a new name, and what
/// is not known to be at the centre goes up again under new numbers. The centre tells ventas apart by their own ids.
public struct EpochRequest: Sendable, Equatable, Codable {
    public enum Reason: String, Sendable, Codable {
        /// The database is older than what the box had sent.
        case restored
        /// The centre answered `sync_fork`.
        case forked
        /// The centre answered `sync_unknown_epoch`.
        case unknownEpoch = "unknown_epoch"
    }

    /// 128 random bits, hexadecimal: the new run. Asking again with the same one gives the same epoch.
    public let incarnation: String
    public let reason: Reason

    public init(incarnation: String, reason: Reason) {
        self.incarnation = incarnation
        self.reason = reason
    }

    /// The answer.
    public struct Reply: Sendable, Equatable, Codable {
        public let epoch: Int64

        public init(epoch: Int64) {
            self.epoch = epoch
        }
    }
}
