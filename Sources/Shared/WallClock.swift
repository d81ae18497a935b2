import FoundationEssentials

/// Where wall time comes from. The only place that asks the system what time it is; tests hand in their own.
public struct WallClock: Sendable {
    private let read: @Sendable () -> Timestamp

    public init(_ read: @escaping @Sendable () -> Timestamp) {
        self.read = read
    }

    /// The present wall time.
    public var now: Timestamp { read() }

    /// The system's own clock. It may be wrong or jump: a box without a battery boots in 1970.
    public static let system = WallClock { Timestamp(Date()) }
}
