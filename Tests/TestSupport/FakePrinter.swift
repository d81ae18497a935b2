import Foundation
import Glibc
import Synchronization

/// A receipt printer on a port of the loopback interface, with the manners of real ones.
public final class FakePrinter: Sendable {
    public enum Manner: Sendable {
        /// Says this about its paper, when asked.
        case answers(UInt8)
        /// Takes everything, and ends the connection when its sender does.
        case isMute
        /// Takes everything, and never ends the connection by itself.
        case neverEnds
        /// Ends the connection before it takes anything.
        case endsAtOnce
        /// Resets the connection when something has come.
        case resets
        /// Takes nothing.
        case isStuck
        /// Sends without being asked, and without an end.
        case babbles
    }

    private struct State {
        var manner: Manner
        var jobs: [[UInt8]] = []
        var open: Set<Int32> = []
        var isStopped = false
    }

    public let port: UInt16
    /// Connections that came.
    public let arrivals = Tally()
    /// Connections of which everything has been read: up to the question, or to their end.
    public let taken = Tally()
    /// Connections that are over.
    public let ends = Tally()
    private let listener: Int32
    private let state: Mutex<State>

    public init(_ manner: Manner) throws {
        state = Mutex(State(manner: manner))
        (listener, port) = try LoopbackSocket.bound()
        // Small, so that a stuck printer is soon full.
        var size: Int32 = 4_096
        setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        guard listen(listener, 16) == 0 else { throw LoopbackSocket.Failure(errno: errno) }
        Thread.detachNewThread { self.accept() }
    }

    /// What each connection brought, in the order of their ends.
    public var jobs: [[UInt8]] { state.withLock { $0.jobs } }

    /// How it behaves from the next connection on.
    public func behave(_ manner: Manner) {
        state.withLock { $0.manner = manner }
    }

    /// Closes everything.
    public func stop() {
        state.withLock { state in
            state.isStopped = true
            for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
        }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// One connection after the other, as printers serve them.
    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            let manner = state.withLock { state -> Manner? in
                guard !state.isStopped else { return nil }
                state.open.insert(connection)
                return state.manner
            }
            guard let manner else {
                close(connection)
                break
            }
            arrivals.increment()
            serve(connection, manner)
        }
        close(listener)
    }

    private func serve(_ connection: Int32, _ manner: Manner) {
        var job: [UInt8] = []
        switch manner {
        case .answers(let status):
            job = read(connection, upToQuestion: true)
            taken.increment()
            write([status], to: connection)
            job += read(connection)
        case .isMute:
            job = read(connection)
            taken.increment()
        case .neverEnds:
            job = read(connection)
            taken.increment()
            waitUntilStopped(connection)
        case .endsAtOnce: break
        case .resets:
            var byte: UInt8 = 0
            if recv(connection, &byte, 1, 0) == 1 { job = [byte] }
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        case .isStuck: waitUntilStopped(connection)
        case .babbles:
            while write([UInt8](repeating: 0xFF, count: 1_024), to: connection) {}
        }
        state.withLock { state in
            state.jobs.append(job)
            // Removed and closed in one step, so that `stop()` never touches a number that is already someone else's.
            state.open.remove(connection)
            close(connection)
        }
        ends.increment()
    }

    private func read(_ connection: Int32, upToQuestion: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
            if upToQuestion, bytes.suffix(3) == [0x1D, 0x72, 1] { return bytes }
        }
    }

    @discardableResult
    private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0
    }

    /// Until `stop()` shuts it down, or the other side resets it.
    private func waitUntilStopped(_ connection: Int32) {
        var waiting = pollfd(fd: connection, events: 0, revents: 0)
        poll(&waiting, 1, -1)
    }
}
