import NIOCore

/// Where a server listens: `0.0.0.0:80`, `192.168.88.2:8080`, `[::1]:8080`, `localhost:8080`.
public struct ListenAddress: Hashable, Sendable {
    /// An IP address without brackets, or `localhost`.
    public let host: String
    /// 0 lets the system choose.
    public let port: Int

    /// Nil unless the text is an IP address or `localhost`, a colon and a port; IPv6 in brackets.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            return nil
        }
        var host = String(text[..<colon])
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = String(host.dropFirst().dropLast()) }
        guard isBracketed == host.contains(":"), host == "localhost" || Self.isAddress(host) else { return nil }
        self.host = host
        self.port = Int(port)
    }

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// True when only this machine can reach it.
    public var isLoopback: Bool { Self.isLoopback(host) }

    /// Where this machine itself finds the server: loopback when it listens on every address, else the one it has.
    public var fromThisMachine: ListenAddress {
        switch host {
        case "0.0.0.0": ListenAddress(host: "127.0.0.1", port: port)
        case "::": ListenAddress(host: "::1", port: port)
        default: self
        }
    }

    /// True for `localhost`, 127.0.0.0/8, `::1`, and those of them mapped into IPv6. False for what is not an address.
    public static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" { return true }
        guard let address = try? SocketAddress(ipAddress: host, port: 0), let text = PeerAddress.text(address) else {
            return false
        }
        return text == "::1" || text.hasPrefix("127.")
    }

    private static func isAddress(_ host: String) -> Bool {
        (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }
}

extension ListenAddress: CustomStringConvertible {
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
