import Glibc

/// Tells systemd how the service stands, over the datagram socket it names in `NOTIFY_SOCKET` (sd_notify(3)).
/// Without that variable every call does nothing.
public struct SystemdNotifier: Sendable {
    private let socketPath: String?

    /// - Parameter environment: The environment of the process.
    public init(environment: [String: String]) {
        socketPath = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The service is up: with `Type=notify`, what is ordered after it may start.
    public func ready() { send("READY=1") }

    /// The service has begun to shut down.
    public func stopping() { send("STOPPING=1") }

    /// The service is alive; see `WatchdogService`.
    public func watchdog() { send("WATCHDOG=1") }

    /// One line for people, shown by `systemctl status`; further lines are dropped, as each would be a command.
    public func status(_ text: String) {
        send("STATUS=" + text.prefix { !$0.isNewline && $0 != "\0" })
    }

    /// Does not wait, and ignores failure: systemd acts on messages that are missing, and no caller could do more.
    private func send(_ message: String) {
        guard let socketPath, case (var address, let length)? = Self.address(of: socketPath) else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Array(message.utf8).withUnsafeBytes { bytes in
                    let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                    return sendto(descriptor, bytes.baseAddress, bytes.count, flags, address, length)
                }
            }
        }
    }

    /// The socket's address; a leading `@` stands for the zero byte of an abstract name. Nil when it is too long.
    private static func address(of path: String) -> (sockaddr_un, socklen_t)? {
        var name = Array(path.utf8)
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        // An abstract name is all bytes up to the given length, so the length must end where the name does.
        let header = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 0
        return (address, socklen_t(header + name.count))
    }
}
