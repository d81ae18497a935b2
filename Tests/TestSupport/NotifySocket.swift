import Foundation
import Glibc

/// The side of systemd: a real datagram socket, under a path or an abstract name.
///
/// Each message is read once, in the order it was sent.
public final class NotifySocket: Sendable {
    public let name: String
    private let descriptor: Int32
    private let folder: TemporaryDirectory

    public init(isAbstract: Bool) throws {
        folder = try TemporaryDirectory()
        name = isAbstract ? "@fichas-test-\(UUID().uuidString)" : folder.path("notify")
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if isAbstract { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        precondition(bound == 0, "bind failed with errno \(errno)")
    }

    deinit {
        close(descriptor)
    }

    /// The messages that have arrived; the sender's `sendto` puts them here before it returns.
    public func messages() -> [String] {
        var messages: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT)), count >= 0 {
            messages.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
        return messages
    }
}
