import Foundation
import Glibc
import Synchronization
import TestSupport

/// Stands between a client and a server, on a unix socket of its own, and fails where it is told to.
///
/// One thread for each direction of each connection. It knows one thing of the protocol: how a COMMIT looks.
final class PostgresProxy: Sendable {
    enum Fault {
        case none
        /// The connection ends when the COMMIT arrives: the server never sees it.
        case losesCommit
        /// The connection ends when the server has answered the COMMIT: the client never sees that.
        case losesAnswer
        /// The COMMIT goes nowhere and nothing else happens.
        case swallowsCommit
    }

    private final class Pair: Sendable {
        let client: Int32
        let server: Int32
        let dropsAnswer = Atomic(false)
        /// Under its lock, because a number that was closed may be another's.
        private let pumps = Mutex(2)

        init(client: Int32, server: Int32) {
            (self.client, self.server) = (client, server)
        }

        func cut() {
            pumps.withLock { if $0 > 0 { cutOpen() } }
        }

        /// Called by each pump when it is done; the second one closes.
        func release() {
            pumps.withLock { pumps in
                cutOpen()
                pumps -= 1
                guard pumps == 0 else { return }
                close(client)
                close(server)
            }
        }

        private func cutOpen() {
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }
    }

    private static let commit = Array("COMMIT\0".utf8)

    let folder: TemporaryDirectory
    private let listener: Int32
    private let target: String
    private let fault: Mutex<Fault>
    private let pairs = Mutex<[Pair]>([])
    private let database: ThrowawayDatabase

    init(to database: ThrowawayDatabase, fault: Fault = .none) throws {
        folder = try TemporaryDirectory()
        self.database = database
        target = "\(database.server.folder)/.s.PGSQL.5432"
        self.fault = Mutex(fault)
        listener = try Self.withSocket(folder.path(".s.PGSQL.5432")) { bind($0, $1, $2) }
        guard listen(listener, 64) == 0 else { throw LoopbackSocket.Failure(errno: errno) }
        Thread.detachNewThread { self.accept() }
    }

    /// The database, through the proxy.
    var url: String { "postgresql://fichas@/\(database.name)?host=\(folder.path(""))" }

    func set(_ fault: Fault) {
        self.fault.withLock { $0 = fault }
    }

    /// To be called once: the thread that accepts closes the listener.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        for pair in pairs.withLock({ $0 }) { pair.cut() }
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { break }
            guard let server = try? Self.withSocket(target, { connect($0, $1, $2) }) else {
                close(client)
                continue
            }
            let pair = Pair(client: client, server: server)
            pairs.withLock { $0.append(pair) }
            Thread.detachNewThread { self.pumpToServer(pair) }
            Thread.detachNewThread { self.pumpToClient(pair) }
        }
        close(listener)
    }

    private func pumpToServer(_ pair: Pair) {
        defer { pair.release() }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(pair.client, &buffer, buffer.count)
            guard count > 0 else { return }
            if buffer[..<count].firstRange(of: Self.commit) != nil {
                switch fault.withLock({ $0 }) {
                case .none: break
                case .losesCommit: return
                case .losesAnswer: pair.dropsAnswer.store(true, ordering: .releasing)
                case .swallowsCommit: continue
                }
            }
            guard send(pair.server, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
        }
    }

    private func pumpToClient(_ pair: Pair) {
        defer { pair.release() }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(pair.server, &buffer, buffer.count)
            guard count > 0, !pair.dropsAnswer.load(ordering: .acquiring) else { return }
            guard send(pair.client, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
        }
    }

    private static func withSocket(
        _ path: String,
        _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw LoopbackSocket.Failure(errno: errno)
        }
        return descriptor
    }
}
