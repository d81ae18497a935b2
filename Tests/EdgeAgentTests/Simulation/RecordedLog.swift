import Logging
import Synchronization

/// All a run logs, down to trace, for those who look for secrets in it.
final class RecordedLog: Sendable {
    private let text = Mutex("")

    var bytes: [UInt8] { text.withLock { Array($0.utf8) } }

    var logger: Logger {
        var logger = Logger(label: "box") { _ in Handler(log: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.text.withLock { text in
                text += "\(event.message)"
                for (name, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
                    text += " \(name)=\(value)"
                }
                text += "\n"
            }
        }
    }
}
