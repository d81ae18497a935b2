import RouterOSSimulator
import Shared
import Synchronization

@testable import RouterOS

/// A line to a simulated router without sockets, which can be cut and made again, and which counts what is asked.
final class RouterLine: CommandExecutor {
    let router: RouterOSSimulator
    private let state = Mutex(State())

    private struct State {
        var connectionNumber = 1
        var isAway = false
        var asked: [String] = []
        var beforeCommand: [String: @Sendable (RouterOSSimulator) -> Void] = [:]
    }

    init(
        profiles: [String] = ["1h"],
        version: RouterOSVersion = "7.20",
        start: Timestamp = Timestamp(seconds: 1_800_000_000),
        writesCookies: Bool = true
    ) {
        var configuration = SimulatorConfiguration(
            version: version,
            users: [APIUser(name: "fichas", password: Secret("secreto"))],
            userProfiles: profiles
        )
        configuration.apiLoginWritesCookie = writesCookies
        router = RouterOSSimulator(configuration: configuration, start: start)
    }

    var connectionNumber: Int { state.withLock { $0.connectionNumber } }

    /// The paths of the commands so far.
    var asked: [String] { state.withLock { $0.asked } }

    func asked(_ path: String) -> Int { asked.count { $0 == path } }

    /// The connection is lost and made again.
    func reconnect() { state.withLock { $0.connectionNumber += 1 } }

    func setAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }

    /// Does something to the router once, right before it gets the command.
    func before(_ path: String, _ action: @escaping @Sendable (RouterOSSimulator) -> Void) {
        state.withLock { $0.beforeCommand[path] = action }
    }

    func execute(_ command: RouterOS.Command, timeout: Duration) async throws(RouterOSError) -> Reply {
        let path = command.sentence.words.first?.text ?? ""
        let (isAway, action) = state.withLock { state in
            state.asked.append(path)
            return (state.isAway, state.beforeCommand.removeValue(forKey: path))
        }
        action?(router)
        guard !isAway, let session = router.openSession(loggedInAs: "fichas") else {
            throw .notSent(.disconnected(.unreachable("away")))
        }
        defer { router.closeSession(session) }
        var collector = ReplyCollector()
        for sentence in router.execute(command.sentence, session: session).replies {
            switch ReplySentence(sentence)?.kind {
            case .row: collector.add(row: sentence)
            case .trap: collector.add(trap: sentence)
            case .done: return try collector.finish(sentence).get()
            default: continue
            }
        }
        throw .outcomeUnknown(.connectionLost(.lost("no end")))
    }
}
