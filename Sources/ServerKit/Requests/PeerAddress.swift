import NIOCore

/// The text of a peer's address, the same for one device whether it came over an IPv4 or a dual-stack socket.
enum PeerAddress {
    /// Nil unless `address` is an IP address.
    static func text(_ address: String) -> String? {
        (try? SocketAddress(ipAddress: address, port: 0)).flatMap(text)
    }

    static func text(_ address: SocketAddress) -> String? {
        guard let text = address.ipAddress else { return nil }
        // The system writes a mapped address always so, with dots.
        let mapped = "::ffff:"
        let rest = text.dropFirst(mapped.count)
        return text.hasPrefix(mapped) && rest.contains(".") && !rest.contains(":") ? String(rest) : text
    }
}
