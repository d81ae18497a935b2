public import Shared

/// A device that joins the hotspot's network.
public struct Phone: Hashable, Codable, Sendable {
    /// The hardware address it shows.
    public var mac: MACAddress
    /// The address it uses itself.
    public var ip: IPv4Address
    /// The address the hotspot translates it to; the session runs under this one.
    public var toAddress: IPv4Address
    /// The hotspot server it is behind; nil is the first one.
    public var server: String?

    /// `toAddress` nil means no translation, as with `address-pool=none`.
    public init(mac: MACAddress, ip: IPv4Address, toAddress: IPv4Address? = nil, server: String? = nil) {
        self.mac = mac
        self.ip = ip
        self.toAddress = toAddress ?? ip
        self.server = server
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            mac: try container.decode(MACAddress.self, forKey: .mac),
            ip: try container.decode(IPv4Address.self, forKey: .ip),
            toAddress: try container.decodeIfPresent(IPv4Address.self, forKey: .toAddress),
            server: try container.decodeIfPresent(String.self, forKey: .server)
        )
    }
}
