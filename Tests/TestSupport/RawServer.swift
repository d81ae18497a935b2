import Foundation
import Glibc
import Synchronization

/// A server of plain sockets on the loopback interface, for answers that no HTTP library would give.
///
/// One thread accepts, one serves each connection. Everything that arrived is on record: what the *server* saw decides
/// whether a client sent something twice.
public final class RawServer: Sendable {
    private struct State {
        var requests: [RawRequest] = []
        var connections = 0
        var open: Set<Int32> = []
        var isStopped = false
        var watchers:
            [(isReached: @Sendable (borrowing State) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
                []
    }

    private let state = Mutex(State())
    private let listener: Int32
    private let readsBodies: Bool
    private let answer: @Sendable (RawRequest) -> RawReply
    public let port: UInt16

    /// Starts to listen on a free port. `stop()` must be called.
    public init(readsBodies: Bool = true, answer: @escaping @Sendable (RawRequest) -> RawReply) throws {
        (listener, port) = try LoopbackSocket.bound()
        self.readsBodies = readsBodies
        self.answer = answer
        guard listen(listener, 256) == 0 else { throw LoopbackSocket.Failure(errno: errno) }
        Thread.detachNewThread { self.accept() }
    }

    /// Where the server listens.
    public var url: String { "http://127.0.0.1:\(port)" }
    /// All requests so far, in the order in which they were read.
    public var requests: [RawRequest] { state.withLock { $0.requests } }
    /// How many connections were accepted so far.
    public var connectionCount: Int { state.withLock { $0.connections } }

    /// Suspends until so many requests have been read.
    public func waitForRequests(_ count: Int) async {
        await wait { $0.requests.count >= count }
    }

    /// Suspends until so many connections have been accepted.
    public func waitForConnections(_ count: Int) async {
        await wait { $0.connections >= count }
    }

    /// Suspends until every connection accepted so far is closed.
    public func waitUntilAllClosed() async {
        await wait { $0.open.isEmpty }
    }

    /// Closes everything.
    public func stop() {
        state.withLock { state in
            state.isStopped = true
            for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
        }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func wait(_ isReached: @escaping @Sendable (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state in
                if isReached(state) { return true }
                state.watchers.append((isReached, continuation))
                return false
            }
            if now { continuation.resume() }
        }
    }

    private func change(_ body: (inout sending State) -> Void) {
        let reached = state.withLock { state in
            body(&state)
            let reached = state.watchers.filter { $0.isReached(state) }.map(\.continuation)
            let waiting = state.watchers.filter { !$0.isReached(state) }
            state.watchers = waiting
            return reached
        }
        for watcher in reached { watcher.resume() }
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            var number = 0
            var isStopped = false
            change { state in
                number = state.connections
                state.connections += 1
                isStopped = state.isStopped
                if !isStopped { state.open.insert(connection) }
            }
            guard !isStopped else {
                close(connection)
                break
            }
            Thread.detachNewThread { [number] in self.serve(connection, number: number) }
        }
        close(listener)
    }

    private func serve(_ connection: Int32, number: Int) {
        var wire = RawConnection(connection, number: number)
        var breaks = false
        serving: while let request = wire.readRequest(withBody: readsBodies) {
            change { $0.requests.append(request) }
            switch answer(request) {
            case .send(let text): wire.write(text)
            case .sendThenClose(let text):
                wire.write(text)
                break serving
            case .sendThenReset(let text):
                wire.write(text)
                breaks = true
                break serving
            case .drip(let text, let pause): wire.drip(text, everyMilliseconds: pause)
            case .silence: wire.readToEnd()
            }
        }
        if breaks {
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        }
        // Removed and closed in one step, so that `stop()` never touches a number that is already someone else's.
        change { state in
            state.open.remove(connection)
            close(connection)
        }
    }
}
