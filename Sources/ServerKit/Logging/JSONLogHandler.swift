public import Logging
public import Shared

/// Writes each log record as one line of JSON: time, level, logger, message, then the metadata, flattened and sorted.
///
/// Nested metadata becomes `outer.inner`; a key that is one of ours becomes `metadata.key`. Values are cut at 2 KiB,
/// the message at 4 KiB, and members beyond 16 KiB are left out (`truncated` says so).
public struct JSONLogHandler: LogHandler {
    private static let lineBytes = 16 * 1_024
    private static let messageBytes = 4 * 1_024
    private static let valueBytes = 2 * 1_024
    private static let maximumDepth = 4
    private static let ownKeys: Set<String> = ["time", "level", "logger", "message", "error", "truncated"]

    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level = .info

    private let label: String
    private let output: LogOutput
    private let clock: WallClock
    private let hasPriority: Bool

    /// - Parameters:
    ///   - label: The logger's name.
    ///   - output: Where lines go.
    ///   - clock: Wall time for `time`.
    ///   - hasPriority: Puts sd-daemon's `<N>` before each line, so that journald keeps the level; see `isJournal`.
    public init(label: String, output: LogOutput = .standardOutput, clock: WallClock = .system, hasPriority: Bool) {
        self.label = label
        self.output = output
        self.clock = clock
        self.hasPriority = hasPriority
    }

    /// Whether systemd's journal reads our output: it then sets `JOURNAL_STREAM` (systemd.exec(5)).
    public static func isJournal(_ environment: [String: String]) -> Bool {
        environment["JOURNAL_STREAM"] != nil
    }

    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = JSONLine(
            prefix: hasPriority ? "<\(Self.priority(of: event.level))>" : "",
            maximumBytes: Self.lineBytes
        )
        line.add("time", clock.now.rfc3339, maximumValueBytes: Self.valueBytes)
        line.add("level", event.level.rawValue, maximumValueBytes: Self.valueBytes)
        line.add("logger", label, maximumValueBytes: Self.valueBytes)
        line.add("message", "\(event.message)", maximumValueBytes: Self.messageBytes)
        if let error = event.error {
            line.add("error", "\(error)", maximumValueBytes: Self.valueBytes)
        }
        var members: [(name: String, value: String)] = []
        for (key, value) in merged(with: event.metadata) {
            let name = Self.ownKeys.contains(key) && !(key == "error" && event.error == nil) ? "metadata.\(key)" : key
            Self.flatten(value, name: name, depth: 1, into: &members)
        }
        for member in members.sorted(by: { $0.name < $1.name }) {
            guard line.add(member.name, member.value, maximumValueBytes: Self.valueBytes) else {
                line.add("truncated", "true", maximumValueBytes: Self.valueBytes)
                break
            }
        }
        output.write(line.finish())
    }

    private func merged(with event: Logger.Metadata?) -> Logger.Metadata {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let event { all.merge(event) { $1 } }
        return all
    }

    private static func flatten(
        _ value: Logger.MetadataValue,
        name: String,
        depth: Int,
        into members: inout [(name: String, value: String)]
    ) {
        switch value {
        case .dictionary(let inner) where depth < maximumDepth:
            for (key, value) in inner { flatten(value, name: "\(name).\(key)", depth: depth + 1, into: &members) }
        case .array(let inner) where depth < maximumDepth:
            for (index, value) in inner.enumerated() {
                flatten(value, name: "\(name).\(index)", depth: depth + 1, into: &members)
            }
        default:
            members.append((name, value.description))
        }
    }

    /// The severities of syslog, which sd-daemon(3) takes over.
    private static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
