import Glibc

/// A loopback port that is taken but serves nobody.
public final class LoopbackSocket: Sendable {
    public struct Failure: Error {
        public let errno: Int32

        public init(errno: Int32) {
            self.errno = errno
        }
    }

    public enum Behaviour: Sendable {
        /// Nobody listens: a connection is refused at once.
        case refuses
        /// The queue is full: a connection neither succeeds nor fails.
        case ignores
    }

    public let port: UInt16
    private let sockets: [Int32]

    public init(_ behaviour: Behaviour) throws {
        let (listener, port) = try Self.bound()
        self.port = port
        guard behaviour == .ignores else {
            sockets = [listener]
            return
        }
        listen(listener, 0)
        // Linux lets one more connection wait than the backlog says; whoever comes next gets no answer at all.
        let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.address(port: port)
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        sockets = [listener, filler]
        guard isConnected == 0 else { throw Failure(errno: Glibc.errno) }
    }

    deinit {
        for socket in sockets { close(socket) }
    }

    /// A socket bound to a free loopback port.
    static func bound() throws -> (socket: Int32, port: UInt16) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) == 0 ? getsockname(socket, address, &size) : -1
            }
        }
        guard result == 0 else { throw Failure(errno: Glibc.errno) }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
