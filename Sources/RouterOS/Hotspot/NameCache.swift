import Synchronization

/// The names of profiles and servers that were found on a router, in its own bytes, as long as the connection lasts.
final class NameCache: Sendable {
    private struct State {
        var connection = 0
        var words: [String: [String: Word]] = [:]
    }

    private let state = Mutex(State())

    func word(_ name: String, in menu: String, connection: Int) -> Word? {
        state.withLock { $0.connection == connection ? $0.words[menu]?[name] : nil }
    }

    func add(_ word: Word, for name: String, in menu: String, connection: Int) {
        state.withLock { state in
            // Asked on a connection that has ended meanwhile.
            guard connection >= state.connection else { return }
            if connection > state.connection { state = State(connection: connection) }
            state.words[menu, default: [:]][name] = word
        }
    }
}
